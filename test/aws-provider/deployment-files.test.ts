import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readAwsConfig } from '../../src/providers/aws/read-config.js';
import { projectTables } from '../aws-model/dynamodb/project-tables.js';
import type { TableDefinition } from '../aws-model/dynamodb/table.js';
import { openModelledProvider, type Sender } from '../aws-model/modelled-provider.js';
import { useEverything } from './use-everything.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const readJson = (path: string): unknown => JSON.parse(read(path));

interface KeyPart {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}
interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly TableName: { readonly 'Fn::Sub': string };
    readonly KeySchema: readonly KeyPart[];
    readonly AttributeDefinitions: readonly { AttributeName: string; AttributeType: 'S' | 'N' }[];
    readonly GlobalSecondaryIndexes?: readonly {
      readonly IndexName: string;
      readonly KeySchema: readonly KeyPart[];
      readonly Projection: { readonly ProjectionType: string };
    }[];
  };
}
interface Template {
  readonly Parameters: Readonly<Record<string, object>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: { readonly Environment: { readonly Value: { readonly 'Fn::Sub': string } } };
}
interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const template = readJson('docs/reference/aws-template.json') as Template;
const policy = readJson('docs/reference/aws-policy.json') as { readonly Statement: readonly Statement[] };

/** What the provider sends when it is made to do everything it can. */
async function recordEverything() {
  const requests: { readonly operation: string; readonly input: Readonly<Record<string, unknown>> }[] = [];
  const intercept = (session: Sender): Sender => ({
    send: (service, operation, input, signal) => {
      requests.push({ operation: `${service}.${operation}`, input: input as Record<string, unknown> });
      return session.send(service, operation, input, signal);
    },
  });
  const provider = await openModelledProvider({ now: () => new Date('2026-03-04T05:06:07Z'), intercept });
  await useEverything(provider);
  return requests;
}

/** Operations that the source of the provider can send, as `ecs.RunTask`. */
function operationsInTheSource(): string[] {
  const folder = 'src/providers/aws';
  const files = readdirSync(join(root, folder)).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  return files.flatMap((name) => {
    const source = read(`${folder}/${name}`);
    const serviceOf = new Map(
      [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
        ([, names = '', service = '']) =>
          names.split(',').map((one) => [one.trim(), service.replace('cloudwatch-', '')] as const),
      ),
    );
    return [...source.matchAll(/new (\w+)Command\(/g)].map(
      ([, operation = '']) => `${String(serviceOf.get(`${operation}Command`))}.${operation}`,
    );
  });
}

const keyOf = (schema: readonly KeyPart[]): TableDefinition['key'] => {
  const [hash, range] = schema;
  return { hash: hash?.AttributeName ?? '', ...(range !== undefined && { range: range.AttributeName }) };
};

describe('the template', () => {
  const tables = Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::DynamoDB::Table')
    .map(({ Properties: { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] } }) => ({
      name: TableName['Fn::Sub'].replace('${ProjectName}', 'runvoy'),
      key: keyOf(KeySchema),
      types: Object.fromEntries(AttributeDefinitions.map((one) => [one.AttributeName, one.AttributeType])),
      indexes: Object.fromEntries(GlobalSecondaryIndexes.map((one) => [one.IndexName, keyOf(one.KeySchema)])),
      projections: [...new Set(GlobalSecondaryIndexes.map(({ Projection }) => Projection.ProjectionType))],
    }));

  it('makes the tables that the provider is tested on, whole items in every index', () => {
    const tested = projectTables.map((table: TableDefinition) => {
      const { indexes = {} } = table;
      return { ...table, indexes, projections: Object.keys(indexes).length > 0 ? ['ALL'] : [] };
    });

    expect(new Set(tables)).toEqual(new Set(tested));
  });

  it('makes no table and no index that nobody uses, but the one that the original has', async () => {
    const requests = await recordEverything();
    const usedTables = new Set<unknown>();
    const usedIndexes = new Set<unknown>();
    for (const { input } of requests) {
      if (input['TableName'] !== undefined) usedTables.add(input['TableName']);
      if (input['IndexName'] !== undefined) usedIndexes.add(input['IndexName']);
    }

    expect(new Set(tables.map(({ name }) => name))).toEqual(usedTables);
    const indexes = tables.flatMap((table) => Object.keys(table.indexes));
    expect(new Set(indexes.filter((name) => name !== 'execution_id-index'))).toEqual(usedIndexes);
  });

  it('tells settings that the server starts with', () => {
    const text = template.Outputs.Environment.Value['Fn::Sub'];
    const references = [...text.matchAll(/\$\{(\w+)(?:\.Arn)?\}/g)].map(([, name = '']) => name);
    const known = { ...template.Parameters, ...template.Resources };

    expect(references.filter((name) => !Object.hasOwn(known, name))).toEqual([]);
    const resolved = text.replaceAll('${ProjectName}', 'runvoy').replace(/\$\{(\w+)(\.Arn)?\}/g, '$1');
    const env = Object.fromEntries(resolved.split('\n').map((line) => line.split('=') as [string, string]));
    expect(readAwsConfig(env)).toEqual({
      ecsCluster: 'Cluster',
      subnet1: 'Subnet1',
      subnet2: 'Subnet2',
      securityGroup: 'SecurityGroup',
      logGroup: 'TaskLogGroup',
      defaultTaskRoleArn: 'TaskRole',
      defaultTaskExecRoleArn: 'TaskExecutionRole',
      imageTaskDefsTable: 'ImagesTable',
      executionsTable: 'ExecutionsTable',
      apiKeysTable: 'UsersTable',
      pendingApiKeysTable: 'PendingKeysTable',
      secretsMetadataTable: 'SecretsTable',
      websocketTokensTable: 'StreamTokensTable',
      secretsPrefix: '/runvoy/secrets',
      secretsKmsKeyArn: '',
      backendLogGroupPrefix: '/aws/lambda/runvoy',
    });
  });
});

/** What an operation needs to be allowed, where that is not the operation itself. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  'sts.GetCallerIdentity': [], // everybody may
  'dynamodb.TransactWriteItems': ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
  'ecs.RunTask': ['ecs:RunTask', 'ecs:TagResource', 'iam:PassRole'],
  'ecs.RegisterTaskDefinition': ['ecs:RegisterTaskDefinition', 'iam:PassRole'],
  'ssm.GetParameter': ['ssm:GetParameter', 'kms:Decrypt'],
  'ssm.PutParameter': ['ssm:PutParameter', 'kms:Encrypt'],
};

describe('the policy', () => {
  const allowed = policy.Statement.flatMap(({ Action }) => Action);
  const needed = (operations: Iterable<string>): Set<string> =>
    new Set([...operations].flatMap((operation) => actionsOf[operation] ?? [operation.replace('.', ':')]));

  it('allows what the provider sends, and nothing else', () => {
    const operations = operationsInTheSource();

    expect(operations.length).toBeGreaterThan(25);
    expect(new Set(allowed)).toEqual(needed(operations));
    expect(policy.Statement.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  });

  it('names no action by a pattern, and every resource as narrowly as AWS can tell them apart', () => {
    expect(allowed.filter((action) => action.includes('*'))).toEqual([]);
    const anywhere = policy.Statement.filter(({ Resource }) => Resource === '*').flatMap(
      ({ Action }) => Action,
    );

    expect(anywhere.sort()).toEqual([
      'ecs:DeleteTaskDefinitions',
      'ecs:DeregisterTaskDefinition',
      'ecs:ListTaskDefinitions',
      'ecs:ListTasks',
      'ecs:RegisterTaskDefinition',
      'logs:DescribeLogGroups',
      'logs:GetQueryResults',
      'logs:StopQuery',
    ]);
  });

  it('is held against everything that the provider can be made to send', async () => {
    const sent = new Set((await recordEverything()).map(({ operation }) => operation));

    expect(operationsInTheSource().filter((operation) => !sent.has(operation))).toEqual([]);
  });
});
