import type { WebSocket } from 'ws';

/** A socket that is written to no faster than its reader reads. */
export interface StreamSocket {
  /** Sends a frame; resolves when there is room for the next one. Does nothing once the socket has closed. */
  send(text: string): Promise<void>;
  /** Ends the watch over the reader. */
  close(): void;
}

/** Waits and limits of a stream's socket. */
export interface StreamSocketOptions {
  /** Bytes that may wait in the socket's buffer before the writer does. */
  readonly highWaterMark?: number;
  /** Milliseconds between two ping frames, which keep proxies from closing a silent stream. */
  readonly pingEvery?: number;
  /** Milliseconds without any sign of the reader until it counts as gone. */
  readonly silenceLimit?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
}

/** Wraps a socket for a writer who must not fill the memory for the sake of a slow reader. */
export function createStreamSocket(
  socket: WebSocket,
  { highWaterMark = 256 * 1024, pingEvery = 30_000, silenceLimit = 120_000, elapsed }: StreamSocketOptions,
): StreamSocket {
  let lastSign = elapsed();
  const isAlive = (): void => {
    lastSign = elapsed();
  };
  socket.on('pong', isAlive);

  const pinging = setInterval(() => {
    if (elapsed() - lastSign > silenceLimit) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.ping();
  }, pingEvery);
  pinging.unref();

  return {
    send: (text) =>
      new Promise((resolve) => {
        if (socket.readyState !== socket.OPEN) {
          resolve();
          return;
        }
        // Called once the frame has left the buffer, or with an error when the socket has closed over it.
        socket.send(text, (error) => {
          if (!(error instanceof Error)) isAlive();
          resolve();
        });
        if (socket.bufferedAmount < highWaterMark) resolve();
      }),
    close: () => clearInterval(pinging),
  };
}
