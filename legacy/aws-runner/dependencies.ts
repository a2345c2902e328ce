import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { IAMClient } from '@aws-sdk/client-iam';

import type { AwsRunnerConfig } from './config.js';
import type { ImagesTable } from './images-table.js';
import type { AwsRunnerLogger } from './logger.js';

/** What an `AwsRunner` is made of. Absent clients are answered with the original's "not configured" errors. */
export interface AwsRunnerOptions {
  readonly ecs?: Pick<ECSClient, 'send'> | undefined;
  readonly iam?: Pick<IAMClient, 'send'> | undefined;
  /** Holds the images table; absent means that no image repository is configured. */
  readonly dynamodb?: Pick<DynamoDBClient, 'send'> | undefined;
  /** The original never checks it. */
  readonly logs: Pick<CloudWatchLogsClient, 'send'>;
  readonly config: AwsRunnerConfig;
  readonly now: () => Date;
  /** Waits so many milliseconds; not cancelled by anything. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly logger: AwsRunnerLogger;
}

/** What the functions of this folder work with. */
export interface Dependencies extends Omit<AwsRunnerOptions, 'dynamodb'> {
  readonly imagesTable: ImagesTable | undefined;
}
