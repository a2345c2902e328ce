import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CloudSession } from '../cloud-session.js';
import type { BrokenAnswer } from '../faults.js';
import { readWireRequest } from './read-wire-request.js';
import type { WireAnswer, WireCall } from './wire-message.js';
import { writeWireAnswer, writeWireError } from './write-wire-answer.js';

/** The model, to be reached by any client of AWS on this machine. */
export interface WireServer {
  /** What `AWS_ENDPOINT_URL` is to be. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a session of the model. What the model does not know is a server error that says so; what a fault makes of a
 * connection happens to the connection.
 */
export async function startWireServer(
  session: Pick<CloudSession, 'send'>,
  { port = 0 }: { readonly port?: number } = {},
): Promise<WireServer> {
  const server = createServer((request, response) => {
    void answer(session, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  session: Pick<CloudSession, 'send'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let call: WireCall;
  try {
    call = readWireRequest({ headers: request.headers, body: await text(request) });
  } catch (error) {
    response.writeHead(400).end(String(error));
    return;
  }
  try {
    const { service, operation, input } = call;
    const answered = writeWireAnswer(call, await session.send(service, operation, input));
    response.writeHead(answered.status, answered.headers).end(answered.body);
  } catch (error) {
    if (isBroken(error)) {
      breakOff(response, writeWireAnswer(call, error.answer), error.sent);
      return;
    }
    const refused = writeWireError(call, error);
    if (refused === undefined) response.destroy();
    else response.writeHead(refused.status, refused.headers).end(refused.body);
  }
}

function isBroken(error: unknown): error is BrokenAnswer {
  return typeof error === 'object' && error !== null && 'sent' in error;
}

/** Sends a part of an answer; what is missing never comes. */
function breakOff(
  response: ServerResponse,
  { status, headers, body }: WireAnswer,
  sent: BrokenAnswer['sent'],
): void {
  const half = body.slice(0, Math.ceil(body.length / 2));
  if (sent === 'half-as-all') {
    response.writeHead(status, headers).end(half);
    return;
  }
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.flushHeaders();
  // What was written must be on its way before the connection goes.
  if (sent === 'headers') response.socket?.end(() => response.destroy());
  else response.write(half, () => response.destroy());
}
