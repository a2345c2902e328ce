import { afterAll, beforeAll } from 'vitest';
import { createDynamoDbExecutionRepository } from '../../src/providers/aws/dynamodb-execution-repository.js';
import { createDynamoDbImageRegistry } from '../../src/providers/aws/dynamodb-image-registry.js';
import { createImageTable } from '../../src/providers/aws/dynamodb-image-table.js';
import { createDynamoDbPendingKeyRepository } from '../../src/providers/aws/dynamodb-pending-key-repository.js';
import { createDynamoDbStreamTokenRepository } from '../../src/providers/aws/dynamodb-stream-token-repository.js';
import { createDynamoDbUserRepository } from '../../src/providers/aws/dynamodb-user-repository.js';
import { createTaskDefinitions } from '../../src/providers/aws/ecs-task-definitions.js';
import { createSsmSecretRepository } from '../../src/providers/aws/ssm-secret-repository.js';
import { createSsmSecretValues } from '../../src/providers/aws/ssm-secret-values.js';
import { DeleteParameterCommand } from '@aws-sdk/client-ssm';
import { executionRepositoryContract } from '../contract/execution-repository.contract.js';
import { imageRegistryContract } from '../contract/image-registry.contract.js';
import { pendingKeyRepositoryContract } from '../contract/pending-key-repository.contract.js';
import { secretRepositoryContract } from '../contract/secret-repository.contract.js';
import { streamTokenRepositoryContract } from '../contract/stream-token-repository.contract.js';
import { userRepositoryContract } from '../contract/user-repository.contract.js';
import type { LiveAccount } from './live-account.js';

const log = { info: () => undefined, warn: () => undefined };

/**
 * The contracts of everything that is kept, for an endpoint that is reached over the network. What tasks do is left out:
 * the suites would have to begin and end them, which an endpoint does in its own time.
 */
export function liveContracts(
  name: string,
  open: () => Promise<LiveAccount>,
  {
    hasTime = true,
  }: { /** Whether there is time for lists of thousands. */ readonly hasTime?: boolean } = {},
): void {
  let account: LiveAccount | undefined;
  beforeAll(async () => {
    account = await open();
  }, 120_000);
  afterAll(async () => account?.close());

  /** The account, with nothing in it. */
  const emptied = async (): Promise<LiveAccount> => {
    if (account === undefined) throw new Error('the account could not be opened');
    await account.empty();
    return account;
  };

  if (hasTime) {
    executionRepositoryContract(name, async () => {
      const { dynamodb, tableName } = await emptied();
      return createDynamoDbExecutionRepository({ dynamodb, log, tableName: tableName('executions') });
    });
  }

  userRepositoryContract(name, async () => {
    const { dynamodb, tableName } = await emptied();
    return createDynamoDbUserRepository({ dynamodb, log, tableName: tableName('api-keys') });
  });

  pendingKeyRepositoryContract(name, async () => {
    const { dynamodb, tableName } = await emptied();
    return createDynamoDbPendingKeyRepository({ dynamodb, tableName: tableName('pending-api-keys') });
  });

  streamTokenRepositoryContract(name, async () => {
    const { dynamodb, tableName } = await emptied();
    return createDynamoDbStreamTokenRepository({ dynamodb, tableName: tableName('websocket-tokens') });
  });

  secretRepositoryContract(name, async () => {
    const { dynamodb, ssm, tableName, secretsPrefix } = await emptied();
    const values = createSsmSecretValues({ ssm, prefix: secretsPrefix, kmsKeyArn: '' });
    return {
      secrets: createSsmSecretRepository({ dynamodb, tableName: tableName('secrets-metadata'), values }),
      async damageValue(secret) {
        await ssm.send(new DeleteParameterCommand({ Name: values.nameOf(secret) }));
      },
    };
  });

  imageRegistryContract(name, async () => {
    const { dynamodb, ecs, iam, tableName } = await emptied();
    const now = (): Date => new Date('2026-01-01T00:00:00.789Z');
    const settings = {
      logGroup: '/aws/ecs/runvoy/runner',
      region: 'us-east-1',
      accountId: '123456789012',
      defaultTaskRoleArn: '',
      defaultExecutionRoleArn: 'arn:aws:iam::123456789012:role/pull',
    };
    const taskDefinitions = createTaskDefinitions({ ecs, settings, log });
    const table = createImageTable({ dynamodb, tableName: tableName('image-taskdefs'), now });
    return createDynamoDbImageRegistry({ table, taskDefinitions, iam, log });
  });
}
