/** Where tasks run and log. */
export interface TaskSettings {
  /** ECS cluster, by name or ARN. */
  readonly cluster: string;
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  /** CloudWatch log group of task containers. */
  readonly logGroup: string;
}

/** What task definitions are made with. */
export interface TaskDefinitionSettings {
  readonly logGroup: string;
  readonly region: string;
  readonly accountId: string;
  /** Role of the command where an image names none; empty for none. */
  readonly defaultTaskRoleArn: string;
  /** Role of the backend where an image names none; sent to ECS even when it is empty. */
  readonly defaultExecutionRoleArn: string;
}
