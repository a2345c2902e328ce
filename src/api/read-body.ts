import type { IncomingMessage } from 'node:http';
import { AppError } from '../contracts/index.js';
import { RequestFailure } from './request-failure.js';

/** Longest body that is read, in bytes. */
export const bodyLimit = 1024 * 1024;

/** Read and thrown away beyond the limit, so that an ordinary client sees the answer and no broken connection. */
const discardLimit = 16 * bodyLimit;

const tooLong = (): RequestFailure =>
  new RequestFailure('invalid request body', new AppError(undefined, 'body exceeds 1 MiB', { status: 413 }));

/**
 * The whole body of a request, at most 1 MiB of it in memory.
 *
 * @throws RequestFailure 413 `invalid request body`, `body exceeds 1 MiB`.
 */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  // Events and not `for await`: leaving such a loop early would destroy the connection that the answer needs.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length <= bodyLimit) chunks.push(chunk);
      else chunks.length = 0;
      if (length > discardLimit) {
        request.pause();
        reject(tooLong());
      }
    });
    request.on('end', () => {
      if (length > bodyLimit) reject(tooLong());
      else resolve(Buffer.concat(chunks));
    });
    request.on('error', reject);
  });
}
