/** Where the runner works: what the original read from `RUNVOY_AWS_…`, the SDK's region and STS at start-up. */
export interface AwsRunnerConfig {
  readonly ecsCluster: string;
  readonly subnet1: string;
  readonly subnet2: string;
  readonly securityGroup: string;
  /** Log group of task containers. */
  readonly logGroup: string;
  /** May be empty: task definitions then have no task role. */
  readonly defaultTaskRoleArn: string;
  /** May be empty: it is sent even then. */
  readonly defaultTaskExecRoleArn: string;
  readonly region: string;
  readonly accountId: string;
  /** DynamoDB table of registered images. */
  readonly imageTaskDefsTable: string;
}
