import type { Server } from 'node:http';

/** What a measured server tells the benchmark that forked it. */
export type MeasuredServerMessage =
  | {
      readonly kind: 'listening';
      readonly port: number;
      readonly paths: MeasuredPaths;
      readonly key?: string;
    }
  | { readonly kind: 'cpu'; readonly microseconds: number };

/** Where the three measured requests go. */
export interface MeasuredPaths {
  readonly status: string;
  readonly list: string;
  readonly run: string;
}

/** Listens on a free loopback port and answers the parent's `cpu` questions with the time used so far. */
export function serveMeasured(server: Server, paths: MeasuredPaths, key?: string): void {
  const send = (message: MeasuredServerMessage): void => {
    process.send?.(message);
  };
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening on a port');
    send({ kind: 'listening', port: address.port, paths, ...(key === undefined ? {} : { key }) });
  });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    send({ kind: 'cpu', microseconds: user + system });
  });
  process.once('disconnect', () => process.exit(0));
}
