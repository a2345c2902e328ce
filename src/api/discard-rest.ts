import type { IncomingMessage } from 'node:http';

/** Limits of the patience with a client that goes on sending what nobody wants: bytes, and milliseconds of silence. */
const byteLimit = 16 * 1024 * 1024;
const silenceLimit = 500;

/**
 * Throws away what is left of a request's body, within limits. A connection that is closed while bytes still come in is
 * reset, and a client whose connection is reset may never see the answer that explains it.
 */
export function discardRest(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let length = 0;
    const done = (): void => {
      clearTimeout(silence);
      request.off('data', onData).off('end', done).off('close', done);
      resolve();
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.byteLength;
      silence.refresh();
      if (length > byteLimit) done();
    };
    const silence = setTimeout(done, silenceLimit);
    request.on('data', onData).on('end', done).on('close', done).resume();
  });
}
