import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';

import { AppError } from '../../contracts/index.js';
import type { AwsProviderClients } from './create-aws-provider.js';

/** What the clients are told; the rest is found as every AWS program finds it. */
export interface AwsClientsOptions {
  /** Default: what the SDK finds in the environment or the profile. */
  readonly region?: string | undefined;
}

/** Clients that share a region, with the SDK's standard retries: three attempts. */
export async function createAwsClients({ region }: AwsClientsOptions = {}): Promise<{
  readonly clients: AwsProviderClients;
  readonly region: string;
}> {
  const retries = { retryMode: 'standard', maxAttempts: 3 };
  const ecs = new ECSClient({ ...retries, ...(region !== undefined && { region }) });
  const found = await findRegion(ecs);
  const options = { ...retries, region: found };
  const dynamodb = new DynamoDBClient(options);
  const logs = new CloudWatchLogsClient(options);
  const iam = new IAMClient(options);
  const ssm = new SSMClient(options);
  const sts = new STSClient(options);
  const close = (): void => {
    for (const client of [ecs, dynamodb, logs, iam, ssm, sts]) client.destroy();
  };
  return { clients: { ecs, dynamodb, logs, iam, ssm, sts, close }, region: found };
}

async function findRegion(ecs: ECSClient): Promise<string> {
  try {
    return await ecs.config.region();
  } catch (cause) {
    throw new AppError('INVALID_REQUEST', 'The settings cannot be used:\n  AWS_REGION must be set', {
      cause,
    });
  }
}
