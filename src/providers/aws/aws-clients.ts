import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { IAMClient } from '@aws-sdk/client-iam';

/** The part of each SDK client that the provider uses, so that a recording or a double can stand in its place. */
export type Ecs = Pick<ECSClient, 'send'>;
export type Iam = Pick<IAMClient, 'send'>;
export type DynamoDb = Pick<DynamoDBClient, 'send'>;
export type CloudWatchLogs = Pick<CloudWatchLogsClient, 'send'>;
