import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ecs from '@aws-sdk/client-ecs';
import * as iam from '@aws-sdk/client-iam';
import type { CloudSession } from '../../aws-model/cloud-session.js';
import type { MockedClients } from '../../aws-model/mocked-clients.js';

const commands: Readonly<Record<string, object>> = { ecs, dynamodb, logs, iam };

interface Client {
  send(command: unknown, options?: { readonly abortSignal: AbortSignal }): Promise<unknown>;
}
type Command = new (input: unknown) => unknown;

/** Sends operations by name through clients of the SDK, so that a statement of them meets what the code under test meets. */
export function sessionOver(clients: MockedClients): Pick<CloudSession, 'send'> {
  return {
    send: async (service, operation, input, signal) => {
      const CommandClass = (commands[service] as Record<string, Command> | undefined)?.[
        `${operation}Command`
      ];
      if (!CommandClass) throw new Error(`The SDK does not know ${service}.${operation}.`);
      const client = clients[service] as unknown as Client;
      return client.send(new CommandClass(input), signal && { abortSignal: signal });
    },
  };
}
