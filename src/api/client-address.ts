import type { IncomingMessage } from 'node:http';

function firstValue(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

/**
 * Where a request says it comes from: the first element of `X-Forwarded-For`, else `X-Real-IP`, else the socket's
 * address. Anybody can write these headers, so it is for audit and never for a decision.
 */
export function clientAddress(request: IncomingMessage): string {
  const forwarded = firstValue(request.headers['x-forwarded-for']).split(',')[0]?.trim() ?? '';
  if (forwarded !== '') return forwarded;
  const real = firstValue(request.headers['x-real-ip']).trim();
  return real === '' ? (request.socket.remoteAddress ?? '') : real;
}
