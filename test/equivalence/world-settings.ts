import { projectTables } from '../aws-model/dynamodb/project-tables.js';

/** The deployment that both implementations run in. */
export const deployment = {
  region: 'us-east-1',
  accountId: '123456789012',
  cluster: 'runvoy-cluster',
  subnets: ['subnet-a', 'subnet-b'],
  securityGroup: 'sg-1',
  logGroup: '/aws/ecs/runvoy/runner',
  backendLogGroups: ['/aws/lambda/runvoy-event-processor', '/aws/lambda/runvoy-orchestrator'],
  foreignLogGroup: '/aws/lambda/other',
  defaultTaskRoleArn: 'arn:aws:iam::123456789012:role/runvoy-task-role-us-east-1',
  defaultExecutionRoleArn: 'arn:aws:iam::123456789012:role/runvoy-task-execution-role-us-east-1',
  imagesTable: 'runvoy-image-taskdefs',
  /** One is named as the original calls the absence of a role. */
  roles: ['my-task-role', 'my-exec-role', 'default'],
} as const;

/** Small pages, so that short scenarios reach the second one. */
export const pageSize = 3;

export const tables = projectTables.filter(({ name }) => name === deployment.imagesTable);

/** What must never be seen in a log record: generators plant it where secrets are. */
export const plantedSecret = 'planted-secret';
