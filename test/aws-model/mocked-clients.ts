import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import type { CloudSession } from './cloud-session.js';
import type { Service } from './service-error.js';

/** Real clients whose `send` ends in a session of the model. */
export interface MockedClients {
  readonly ecs: ECSClient;
  readonly dynamodb: DynamoDBClient;
  readonly logs: CloudWatchLogsClient;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly ssm: SSMClient;
  /** Points them at another session: building clients costs a thousand times what a request does. */
  use(session: Pick<CloudSession, 'send'>): void;
}

type Send = (command: object, options?: { readonly abortSignal?: AbortSignal }) => Promise<unknown>;

/** Instances are mocked, never classes: two parties live side by side. */
export function createMockedClients(region: string): MockedClients {
  let current: Pick<CloudSession, 'send'> | undefined;
  const forgetCalls: (() => void)[] = [];

  /** One catch-all for every command, so that none is answered by accident. */
  const mocked = <Client>(service: Service, client: Client): Client => {
    const mock = mockClient(client as unknown as ECSClient);
    const send = mock.send as unknown as { callsFake(answer: Send): void };
    send.callsFake(async (command, options) => {
      if (!current) throw new Error('A request was made outside of any session.');
      const operation = command.constructor.name.replace(/Command$/, '');
      return current.send(service, operation, (command as { input: unknown }).input, options?.abortSignal);
    });
    forgetCalls.push(() => mock.resetHistory());
    return client;
  };

  const options = { region, credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } };
  return {
    ecs: mocked('ecs', new ECSClient(options)),
    dynamodb: mocked('dynamodb', new DynamoDBClient(options)),
    logs: mocked('logs', new CloudWatchLogsClient(options)),
    iam: mocked('iam', new IAMClient(options)),
    sts: mocked('sts', new STSClient(options)),
    ssm: mocked('ssm', new SSMClient(options)),
    use: (session) => {
      current = session;
      for (const forget of forgetCalls) forget();
    },
  };
}
