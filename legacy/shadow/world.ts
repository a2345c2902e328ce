import type { Log } from '../../src/providers/aws/log.js';
import type { CloudWatchLogs, DynamoDb, Ecs, Iam } from '../../src/providers/aws/aws-clients.js';

/** The clients that runners on AWS work with. */
export interface RunnerClients {
  readonly ecs: Ecs;
  readonly dynamodb: DynamoDb;
  readonly logs: CloudWatchLogs;
  readonly iam: Iam;
}

/** Everything that a runner on AWS asks of the world. */
export interface RunnerWorld {
  readonly clients: RunnerClients;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly log: Log;
}

/** A request as a client is given it. */
export type Send = (
  operation: string,
  command: { readonly input: unknown },
  options: unknown,
  client: (command: unknown, options: unknown) => Promise<unknown>,
) => Promise<unknown>;

type AnyClient = { send(command: unknown, options?: unknown): Promise<unknown> };
const services = ['ecs', 'dynamodb', 'logs', 'iam'] as const;

/** Clients whose requests all go through one function; `real` is what that function may pass them on to. */
export function clientsThrough(send: Send, real?: RunnerClients): RunnerClients {
  const through = (service: (typeof services)[number]): AnyClient => {
    const client = real?.[service] as unknown as AnyClient | undefined;
    const passOn = (command: unknown, options: unknown): Promise<unknown> =>
      client?.send(command, options) ?? Promise.reject(new Error('There is no client to pass this on to.'));
    return {
      send: (command, options) => {
        const name = (command as object).constructor.name.replace(/Command$/, '');
        return send(`${service}.${name}`, command as { readonly input: unknown }, options, passOn);
      },
    };
  };
  return Object.fromEntries(
    services.map((service) => [service, through(service)]),
  ) as unknown as RunnerClients;
}
