import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from './contracts/index.js';

/** Where to listen. Port 0 is any free port. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error;

function explain({ host, port }: ListenOptions, code: string): string {
  const place = `port ${port} of ${host}`;
  switch (code) {
    case 'EADDRINUSE':
      return `Another program listens on ${place}. Stop it, or set PORT to a free port.`;
    case 'EACCES':
      return `This user may not listen on ${place}. Set PORT to a port above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}. Set HOST to one of its own, such as 127.0.0.1.`;
    default:
      return `Cannot listen on ${place} (${code}).`;
  }
}

/**
 * Begins to listen and resolves to the port.
 *
 * @throws AppError `SERVICE_UNAVAILABLE` that says what to do.
 */
export async function listen(server: Server, options: ListenOptions): Promise<number> {
  server.listen({ host: options.host, port: options.port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = isSystemError(cause) ? (cause.code ?? 'unknown reason') : 'unknown reason';
    throw new AppError('SERVICE_UNAVAILABLE', explain(options, code), { cause });
  }
  return (server.address() as AddressInfo).port;
}
