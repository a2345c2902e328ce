import { request } from 'node:http';
import { connect } from 'node:net';

/** A request whose path, headers and body go onto the wire exactly as they stand here. */
export interface RawRequest {
  readonly method: string;
  /** With the query; never normalised, never encoded. */
  readonly path: string;
  /** A list value becomes a header line for each element. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly body?: string | Buffer | undefined;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  /** Lower-case names; repeated headers joined as Node does. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const deadline = 20_000;

/** Sends one request on a connection of its own. Rejects when the server hangs up before the answer is complete. */
export function send(port: number, { method, path, headers, body }: RawRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent: false,
        headers: {
          // Node frames the body itself otherwise, and with chunks where a method usually has no body.
          ...(body === undefined || hasFraming(headers) ? {} : { 'Content-Length': Buffer.byteLength(body) }),
          ...(headers as Record<string, string | string[]> | undefined),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('close', () => {
          if (!incoming.complete) reject(new Error('the connection ended before the answer did'));
        });
        incoming.on('end', () => {
          resolve({
            status: incoming.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
            ),
            text: Buffer.concat(chunks).toString('utf8'),
          });
        });
      },
    );
    outgoing.setTimeout(deadline, () =>
      outgoing.destroy(new Error(`no answer to ${method} ${path} within ${deadline} ms`)),
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function hasFraming(headers: RawRequest['headers']): boolean {
  return Object.keys(headers ?? {}).some((name) => /^(content-length|transfer-encoding)$/i.test(name));
}

/** Sends bytes that no HTTP client would send, and resolves to whatever comes back until the server hangs up. */
export function sendBytes(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(deadline, () => socket.destroy(new Error(`no answer within ${deadline} ms`)));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server that refuses bytes may reset the connection after its answer.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
        resolve(Buffer.concat(chunks).toString('latin1'));
      else reject(error);
    });
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

/** The JSON of an answer. Untyped on purpose: what it holds is what the test is about. */
export function jsonOf(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text) as unknown;
  } catch (cause) {
    throw new Error(`the answer (${answer.status}) is not one JSON document: ${answer.text.slice(0, 300)}`, {
      cause,
    });
  }
}
