import { AwsRunner, type AwsRunnerConfig } from '../../legacy/aws-runner/index.js';
import { scriptedClients, type Step } from '../support/scripted-clients.js';

export { type Call, sdkError, type Step } from '../support/scripted-clients.js';

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

/** A runner whose clients answer from a script and note what they were asked, across services. */
export function scriptedRunner(script: readonly Step[]) {
  const { clients, log, calls, records } = scriptedClients(script);
  const waits: number[] = [];
  const options = {
    ecs: clients.ecs,
    iam: clients.iam,
    dynamodb: clients.dynamodb,
    logs: clients.logs,
    config,
    now: () => now,
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds);
    },
    logger: log,
  };
  return { runner: new AwsRunner(options), options, calls, waits, records };
}
