import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';

import { AwsRunner, type AwsRunnerConfig } from '../../legacy/aws-runner/index.js';

/** One call that is expected: which operation, and what it answers. */
export type Step = readonly [operation: string, answer?: object];

/** A call that was made: the operation and its whole input, as it was at that moment. */
export type Call = readonly [operation: string, input: unknown];

export const config: AwsRunnerConfig = {
  ecsCluster: 'runvoy-cluster',
  subnet1: 'subnet-a',
  subnet2: 'subnet-b',
  securityGroup: 'sg-1',
  logGroup: '/aws/ecs/runvoy/runner',
  defaultTaskRoleArn: 'arn:aws:iam::123456789012:role/runvoy-task-role-us-east-1',
  defaultTaskExecRoleArn: 'arn:aws:iam::123456789012:role/runvoy-task-execution-role-us-east-1',
  region: 'us-east-1',
  accountId: '123456789012',
  imageTaskDefsTable: 'runvoy-image-taskdefs',
};

/** When everything happens: 1,763,686,800 seconds. */
export const now = new Date('2025-11-21T01:00:00.900Z');
export const nowSeconds = '1763686800';
export const ctx = { requestId: 'req-1' };
export const user = 'dev@example.com';

/** What an SDK client throws, told apart by its name as the SDK's own. */
export function sdkError(name: string, message = 'sdk text'): Error {
  return Object.assign(new Error(message), { name });
}

/** A runner whose clients answer from a script and note what they were asked, across services. */
export function scriptedRunner(script: readonly Step[]) {
  const calls: Call[] = [];
  const waits: number[] = [];
  const records: { level: string; event: string; fields: Readonly<Record<string, unknown>> }[] = [];
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
  const ecs = new ECSClient({ region: 'us-east-1' });
  const iam = new IAMClient({ region: 'us-east-1' });
  const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
  const logs = new CloudWatchLogsClient({ region: 'us-east-1' });
  mockClient(ecs).send.callsFake((command: { input: object }) => answer('ecs', command));
  mockClient(iam).send.callsFake((command: { input: object }) => answer('iam', command));
  mockClient(dynamodb).send.callsFake((command: { input: object }) => answer('dynamodb', command));
  mockClient(logs).send.callsFake((command: { input: object }) => answer('logs', command));
  const note = (level: string) => (fields: Readonly<Record<string, unknown>>, event: string) => {
    records.push({ level, event, fields });
  };
  const options = {
    ecs,
    iam,
    dynamodb,
    logs,
    config,
    now: () => now,
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds);
    },
    logger: { info: note('info'), warn: note('warn') },
  };
  return { runner: new AwsRunner(options), options, calls, waits, records };
}
