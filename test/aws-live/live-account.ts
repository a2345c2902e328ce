import {
  type AttributeValue,
  DeleteItemCommand,
  DeleteTableCommand,
  DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DeleteParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { createTable } from '../aws-model/dynamodb/create-table.js';
import { projectTables } from '../aws-model/dynamodb/project-tables.js';
import type { TableDefinition } from '../aws-model/dynamodb/table.js';

/** Where the suites find what stands in for AWS. */
export interface LiveAccountOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** How the names of everything that is made begin. */
  readonly project: string;
}

/** Tables and roles of their own at an endpoint. */
export interface LiveAccount {
  readonly ecs: ECSClient;
  readonly dynamodb: DynamoDBClient;
  readonly iam: IAMClient;
  readonly ssm: SSMClient;
  readonly secretsPrefix: string;
  readonly tableName: (suffix: string) => string;
  /** Takes every record and every parameter away. */
  readonly empty: () => Promise<void>;
  /** Takes the tables away. */
  readonly close: () => Promise<void>;
}

const someTrust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});

/** Makes the tables of a deployment, and the roles that the suites name. */
export async function openLiveAccount({ project, ...options }: LiveAccountOptions): Promise<LiveAccount> {
  const dynamodb = new DynamoDBClient(options);
  const ecs = new ECSClient(options);
  const iam = new IAMClient(options);
  const ssm = new SSMClient(options);
  const tables: readonly TableDefinition[] = projectTables.map((table) => ({
    ...table,
    name: table.name.replace('runvoy', project),
  }));
  for (const table of tables) await createTable(dynamodb, table);
  for (const RoleName of ['build', 'pull'])
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: someTrust })).catch(ifThere);

  const secretsPrefix = `/${project}/secrets`;
  return {
    ecs,
    dynamodb,
    iam,
    ssm,
    secretsPrefix,
    tableName: (suffix) => `${project}-${suffix}`,
    async empty() {
      for (const table of tables) await emptyTable(dynamodb, table);
      const { Parameters = [] } = await ssm.send(
        new GetParametersByPathCommand({ Path: secretsPrefix, Recursive: true }),
      );
      for (const { Name } of Parameters) await ssm.send(new DeleteParameterCommand({ Name }));
    },
    async close() {
      for (const { name } of tables) await dynamodb.send(new DeleteTableCommand({ TableName: name }));
      for (const client of [dynamodb, ecs, iam, ssm]) client.destroy();
    },
  };
}

function ifThere(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'EntityAlreadyExistsException') throw error;
}

async function emptyTable(
  dynamodb: DynamoDBClient,
  { name: TableName, key }: TableDefinition,
): Promise<void> {
  for await (const { Items = [] } of paginateScan(
    { client: dynamodb },
    { TableName, ConsistentRead: true },
  )) {
    const keys = Items.flatMap((item) =>
      item[key.hash] === undefined ? [] : [{ [key.hash]: item[key.hash] }],
    );
    await Promise.all(
      keys.map((Key) =>
        dynamodb.send(new DeleteItemCommand({ TableName, Key: Key as Record<string, AttributeValue> })),
      ),
    );
  }
}
