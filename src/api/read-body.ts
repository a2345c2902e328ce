import type { IncomingMessage } from 'node:http';
import { AppError } from '../contracts/index.js';
import { RequestFailure } from './request-failure.js';

/** Longest body that is read, in bytes. */
export const bodyLimit = 1024 * 1024;

const tooLong = (): RequestFailure =>
  new RequestFailure('invalid request body', new AppError(undefined, 'body exceeds 1 MiB', { status: 413 }));

/**
 * The whole body of a request, at most 1 MiB of it in memory.
 *
 * @throws RequestFailure 413 `invalid request body`, `body exceeds 1 MiB`, as soon as that is known.
 */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return Promise.reject(tooLong());
  // Events and not `for await`: leaving such a loop early would destroy the connection that the answer needs.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.byteLength;
      chunks.push(chunk);
      if (length <= bodyLimit) return;
      chunks.length = 0;
      request.off('data', onData);
      reject(tooLong());
    };
    request.on('data', onData);
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
