import { AppError } from '../../contracts/index.js';

/** What a deployment is made of; the original's names, so that one of its own can be taken over. */
export interface AwsConfig {
  readonly ecsCluster: string;
  readonly subnet1: string;
  readonly subnet2: string;
  readonly securityGroup: string;
  /** CloudWatch log group of task containers. */
  readonly logGroup: string;
  /** Empty: tasks have no role unless their image names one. */
  readonly defaultTaskRoleArn: string;
  /** May be empty, which ECS refuses for images that name no role. */
  readonly defaultTaskExecRoleArn: string;
  readonly imageTaskDefsTable: string;
  readonly executionsTable: string;
  readonly apiKeysTable: string;
  readonly pendingApiKeysTable: string;
  readonly secretsMetadataTable: string;
  readonly websocketTokensTable: string;
  /** How the names of secrets' parameters begin, without a slash at the end. */
  readonly secretsPrefix: string;
  /** Key that secrets are encrypted with; empty for the account's own. */
  readonly secretsKmsKeyArn: string;
  /** How the names of the backend's own log groups begin. */
  readonly backendLogGroupPrefix: string;
}

const requiredNames = {
  ecsCluster: 'RUNVOY_AWS_ECS_CLUSTER',
  subnet1: 'RUNVOY_AWS_SUBNET_1',
  subnet2: 'RUNVOY_AWS_SUBNET_2',
  securityGroup: 'RUNVOY_AWS_SECURITY_GROUP',
  logGroup: 'RUNVOY_AWS_LOG_GROUP',
  imageTaskDefsTable: 'RUNVOY_AWS_IMAGE_TASKDEFS_TABLE',
  executionsTable: 'RUNVOY_AWS_EXECUTIONS_TABLE',
  apiKeysTable: 'RUNVOY_AWS_API_KEYS_TABLE',
  pendingApiKeysTable: 'RUNVOY_AWS_PENDING_API_KEYS_TABLE',
  secretsMetadataTable: 'RUNVOY_AWS_SECRETS_METADATA_TABLE',
  websocketTokensTable: 'RUNVOY_AWS_WEBSOCKET_TOKENS_TABLE',
} as const satisfies Partial<Record<keyof AwsConfig, string>>;

/** What a variable that is set must look like, and what is said of it otherwise. */
const shapes: Readonly<Record<string, readonly [RegExp, string]>> = {
  // Parameter Store lists by path, and a path begins with a slash.
  RUNVOY_AWS_SECRETS_PREFIX: [/^(?:\/[\w.-]+)+\/*$/, 'must be a path such as /runvoy/secrets'],
  AWS_ENDPOINT_URL: [/^https?:\/\/[^/]/, 'must begin with http:// or https://'],
};

/**
 * Reads the configuration from the environment. Credentials, region and endpoint are the SDK's to find.
 *
 * @throws AppError `INVALID_REQUEST` whose message names every variable that is missing or wrong.
 */
export function readAwsConfig(env: Readonly<Record<string, string | undefined>>): AwsConfig {
  const missing = Object.values(requiredNames).filter((name) => (env[name] ?? '') === '');
  const misshapen = Object.entries(shapes).filter(
    ([name, [shape]]) => (env[name] ?? '') !== '' && !shape.test(env[name] ?? ''),
  );
  const problems = [
    ...missing.map((name) => `  ${name} must be set`),
    ...misshapen.map(([name, [, advice]]) => `  ${name} ${advice}`),
  ];
  if (problems.length > 0)
    throw new AppError('INVALID_REQUEST', `The settings cannot be used:\n${problems.join('\n')}`);
  const text = (name: string, byDefault = ''): string => {
    const given = env[name] ?? '';
    return given === '' ? byDefault : given;
  };
  return {
    ecsCluster: text(requiredNames.ecsCluster),
    subnet1: text(requiredNames.subnet1),
    subnet2: text(requiredNames.subnet2),
    securityGroup: text(requiredNames.securityGroup),
    logGroup: text(requiredNames.logGroup),
    defaultTaskRoleArn: text('RUNVOY_AWS_DEFAULT_TASK_ROLE_ARN'),
    defaultTaskExecRoleArn: text('RUNVOY_AWS_DEFAULT_TASK_EXEC_ROLE_ARN'),
    imageTaskDefsTable: text(requiredNames.imageTaskDefsTable),
    executionsTable: text(requiredNames.executionsTable),
    apiKeysTable: text(requiredNames.apiKeysTable),
    pendingApiKeysTable: text(requiredNames.pendingApiKeysTable),
    secretsMetadataTable: text(requiredNames.secretsMetadataTable),
    websocketTokensTable: text(requiredNames.websocketTokensTable),
    secretsPrefix: text('RUNVOY_AWS_SECRETS_PREFIX', '/runvoy/secrets').replace(/\/+$/, ''),
    secretsKmsKeyArn: text('RUNVOY_AWS_SECRETS_KMS_KEY_ARN'),
    backendLogGroupPrefix: text('RUNVOY_AWS_BACKEND_LOG_GROUP_PREFIX', '/aws/lambda/runvoy'),
  };
}
