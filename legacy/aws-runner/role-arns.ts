import type { AwsRunnerConfig } from './config.js';

/** The roles that a task definition is registered with; either may be empty. */
export interface RoleArns {
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;
}

/** Named roles become ARNs of the account; the others are the configured ones. */
export function roleArns(
  config: AwsRunnerConfig,
  names: {
    readonly taskRoleName: string | undefined;
    readonly taskExecutionRoleName: string | undefined;
  },
): RoleArns {
  return {
    taskRoleArn: roleArn(config, names.taskRoleName, config.defaultTaskRoleArn),
    executionRoleArn: roleArn(config, names.taskExecutionRoleName, config.defaultTaskExecRoleArn),
  };
}

function roleArn(config: AwsRunnerConfig, name: string | undefined, byDefault: string): string {
  return name === undefined || name === '' ? byDefault : `arn:aws:iam::${config.accountId}:role/${name}`;
}
