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

/** Calls after which a mock lets go of what it has recorded: each keeps arguments, answers and a stack. */
const mostRemembered = 500;

/** Instances are mocked, never classes: two parties live side by side. */
export function createMockedClients(region: string): MockedClients {
  let current: Pick<CloudSession, 'send'> | undefined;
  const forgetCalls: (() => void)[] = [];

  /** One catch-all for every command, so that none is answered by accident. */
  const mocked = <Client>(service: Service, client: Client): Client => {
    const mock = mockClient(client as unknown as ECSClient);
    const send = mock.send as unknown as Send & { callsFake(answer: Send): void };
    let remembered = 0;
    send.callsFake(async (command, options) => {
      if (!current) throw new Error('A request was made outside of any session.');
      const operation = command.constructor.name.replace(/Command$/, '');
      return current.send(service, operation, (command as { input: unknown }).input, options?.abortSignal);
    });
    const forget = (): void => {
      remembered = 0;
      mock.resetHistory();
    };
    forgetCalls.push(forget);
    return Object.assign(client as object, {
      send: withoutStacks((...request: Parameters<Send>) => {
        if (++remembered > mostRemembered) forget();
        return send.apply(client, request);
      }),
    }) as Client;
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

/** A mock takes a stack for each call, which nobody looks at and which costs more than to answer the call. */
function withoutStacks<Args extends readonly unknown[], Result>(call: (...args: Args) => Result) {
  return (...args: Args): Result => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return call(...args);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}
