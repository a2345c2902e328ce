import type { IncomingMessage } from 'node:http';

/** Where log streams are served. */
export const streamPath = '/api/v1/stream';

/** A header's first element: each proxy on the way appends its own. */
const firstElement = (header: string | string[] | undefined): string =>
  ((Array.isArray(header) ? header[0] : header) ?? '').split(',')[0]?.trim() ?? '';

/**
 * The address under which the client that sent a request can follow a log. It is the host that the client asked, over
 * TLS when it came that way, unless the operator says otherwise.
 *
 * @param publicUrl Address of the service as clients see it, such as `https://run.example.com/tools`.
 */
export function streamAddress(
  request: IncomingMessage,
  { executionId, token, publicUrl }: { executionId: string; token: string; publicUrl?: string | undefined },
): string {
  const query = new URLSearchParams({ execution_id: executionId, token }).toString();
  if (publicUrl !== undefined) {
    return `${publicUrl.replace(/^http/, 'ws').replace(/\/+$/, '')}${streamPath}?${query}`;
  }
  const isSecure =
    'encrypted' in request.socket || firstElement(request.headers['x-forwarded-proto']) === 'https';
  const { host } = request.headers;
  const { localAddress = '127.0.0.1', localPort } = request.socket;
  const authority =
    host ?? `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort ?? 0}`;
  return `${isSecure ? 'wss' : 'ws'}://${authority}${streamPath}?${query}`;
}
