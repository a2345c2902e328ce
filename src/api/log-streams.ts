import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { RequestContext, StreamToken } from '../contracts/index.js';
import { sleep } from '../orchestrator/sleep.js';
import { errorAnswer } from './error-handler.js';
import { replayWithoutUpgrade } from './replay-without-upgrade.js';
import { streamPath } from './stream-address.js';
import { checkStreamHandshake } from './stream-handshake.js';
import type { StreamHandshakeDependencies } from './stream-handshake.js';
import { streamLog } from './stream-log.js';
import type { StreamLogDependencies } from './stream-log.js';
import { createStreamSocket } from './stream-socket.js';

/** What log streams are served with. */
export interface LogStreamsOptions extends StreamHandshakeDependencies, Omit<StreamLogDependencies, 'log'> {
  readonly logger: Logger;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
}

/** Log streams of one server. */
export interface LogStreams {
  /** Ends every stream with 1001 and lets no new one begin. */
  close(): Promise<void>;
}

/** Readers have nothing to say; what they send anyway is bounded and ignored. */
const maxPayload = 64 * 1024;

/** How long readers may take to agree to the end at a shutdown, in milliseconds. */
const goodbyeLimit = 1_000;

const isStreamRequest = (request: IncomingMessage): boolean =>
  request.headers.upgrade?.toLowerCase() === 'websocket' && request.url?.split('?', 1)[0] === streamPath;

function refuse(socket: Duplex, error: unknown): void {
  const { status, body } = errorAnswer(error);
  const text = `${JSON.stringify(body)}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n` +
      `Connection: close\r\n\r\n${text}`,
  );
}

/** Serves log streams on the upgrade requests of a server. A stream that is refused is refused at the handshake. */
export function attachLogStreams(server: Server, options: LogStreamsOptions): LogStreams {
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  const closing = new AbortController();

  const serve = async (socket: WebSocket, ctx: RequestContext, token: StreamToken): Promise<void> => {
    const logger = options.logger.child({ requestId: ctx.requestId, executionId: token.executionId });
    const gone = new AbortController();
    socket.on('close', () => gone.abort());
    // A reader that breaks the protocol is closed by the library; all that is left to do is not to crash.
    socket.on('error', (error) => logger.info({ err: error }, 'log stream broken by its reader'));
    const writer = createStreamSocket(socket, options);
    try {
      const streamed = { requestId: ctx.requestId, signal: AbortSignal.any([gone.signal, closing.signal]) };
      await streamLog({ ...options, log: logger }, streamed, token, (text) => writer.send(text));
      if (!closing.signal.aborted) socket.close(1000, 'Execution completed');
    } catch (error) {
      logger.error({ err: error }, 'log stream failed');
      socket.close(1011, 'internal error');
    } finally {
      writer.close();
    }
  };

  const admit = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const ctx = { requestId: options.newRequestId(), signal: closing.signal };
    try {
      const token = await checkStreamHandshake(options, ctx, request);
      sockets.handleUpgrade(request, socket, head, (accepted) => {
        if (closing.signal.aborted) accepted.close(1001, 'server is stopping');
        else void serve(accepted, ctx, token);
      });
    } catch (error) {
      if (errorAnswer(error).status >= 500) {
        options.logger.error({ err: error, requestId: ctx.requestId }, 'failed to open log stream');
      }
      refuse(socket, error);
    }
  };

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isStreamRequest(request)) {
      replayWithoutUpgrade(server, request, socket, head);
      return;
    }
    // Until the library takes the socket over nobody else listens to its errors.
    socket.on('error', () => socket.destroy());
    void admit(request, socket, head);
  });

  return {
    async close() {
      closing.abort();
      const open = [...sockets.clients];
      const closed = Promise.all(
        open.map((socket) => new Promise((resolve) => socket.once('close', resolve))),
      );
      for (const socket of open) socket.close(1001, 'server is stopping');
      await Promise.race([closed, sleep(goodbyeLimit)]);
      for (const socket of open) socket.terminate();
    },
  };
}
