import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';

/** One call that is expected: which operation, and what it answers. */
export type Step = readonly [operation: string, answer?: object];

/** A call that was made: the operation and its whole input, as it was at that moment. */
export type Call = readonly [operation: string, input: unknown];

/** A log record that was written. */
export interface LogRecord {
  readonly level: 'info' | 'warn';
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What an SDK client throws, told apart by its name as the SDK's own. */
export function sdkError(name: string, message = 'sdk text', more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

/** Clients that answer from one script and note what they were asked, across services. */
export function scriptedClients(script: readonly Step[]) {
  const calls: Call[] = [];
  const records: LogRecord[] = [];
  const answer = async (service: string, command: { readonly input: object }): Promise<never> => {
    const operation = `${service}.${command.constructor.name.replace(/Command$/, '')}`;
    const [expected, output = {}] = script[calls.length] ?? [];
    calls.push([operation, structuredClone(command.input)]);
    if (operation !== expected)
      throw new Error(`unexpected ${operation}, the script says ${String(expected)}`);
    if (output instanceof Error) throw output;
    // The stubs are typed with every output of a service at once, which a script cannot be.
    return output as never;
  };
  const region = 'us-east-1';
  const ecs = new ECSClient({ region });
  const iam = new IAMClient({ region });
  const dynamodb = new DynamoDBClient({ region });
  const logs = new CloudWatchLogsClient({ region });
  const ssm = new SSMClient({ region });
  const sts = new STSClient({ region });
  mockClient(ecs).send.callsFake((command: { input: object }) => answer('ecs', command));
  mockClient(iam).send.callsFake((command: { input: object }) => answer('iam', command));
  mockClient(dynamodb).send.callsFake((command: { input: object }) => answer('dynamodb', command));
  mockClient(logs).send.callsFake((command: { input: object }) => answer('logs', command));
  mockClient(ssm).send.callsFake((command: { input: object }) => answer('ssm', command));
  mockClient(sts).send.callsFake((command: { input: object }) => answer('sts', command));
  const write = (level: LogRecord['level']) => (fields: LogRecord['fields'], event: string) => {
    records.push({ level, event, fields });
  };
  const log = { info: write('info'), warn: write('warn') };
  return { clients: { ecs, iam, dynamodb, logs, ssm, sts }, log, calls, records };
}
