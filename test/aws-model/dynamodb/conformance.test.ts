import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbOperations, emptyDynamoDb } from './operations.js';
import type { DynamoDbState } from './operations.js';
import { projectTables } from './project-tables.js';
import { requestSequences } from './random-requests.js';
import type { DynamoDbRequest } from './random-requests.js';
import { startDynalite } from './start-dynalite.js';
import type { Dynalite } from './start-dynalite.js';

const tables = projectTables.filter(({ name }) =>
  ['runvoy-image-taskdefs', 'runvoy-executions'].includes(name),
);
const sequences = 300;
const seed = 20261124;

const commands = {
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  UpdateItem: UpdateItemCommand,
  DeleteItem: DeleteItemCommand,
  Query: QueryCommand,
  Scan: ScanCommand,
} as const;

type Answer = Readonly<Record<string, unknown>> & { readonly error?: string };

/**
 * A fake that nobody tests makes both sides of a comparison agree on fiction. The model must answer every sequence as
 * an implementation that somebody else wrote, down to the kind of refusal.
 */
describe('the model of DynamoDB', () => {
  let dynalite: Dynalite;
  const counts = new Map<string, number>();

  beforeAll(async () => {
    dynalite = await startDynalite(tables);
  });

  afterAll(() => dynalite.close());

  it(`answers ${sequences} random sequences as dynalite does`, async () => {
    await fc.assert(
      fc.asyncProperty(requestSequences, async (requests) => {
        await emptyTables(dynalite);
        const state = emptyDynamoDb(tables);
        const lastKeys: { model?: unknown; dynalite?: unknown } = {};
        for (const request of requests) {
          const expected = await answerOfDynalite(dynalite, continued(request, lastKeys.dynalite));
          const actual = answerOfModel(state, continued(request, lastKeys.model));
          expect(comparable(actual), JSON.stringify(request)).toEqual(comparable(expected));
          lastKeys.model = actual['LastEvaluatedKey'];
          lastKeys.dynalite = expected['LastEvaluatedKey'];
          count(counts, `${request.operation} ${expected.error ?? 'ok'}`);
        }
      }),
      { seed, numRuns: sequences },
    );
  }, 120_000);

  it.each([
    ['GetItem ok', 100],
    ['GetItem ValidationException', 10],
    ['PutItem ok', 100],
    ['PutItem ConditionalCheckFailedException', 20],
    ['UpdateItem ok', 100],
    ['UpdateItem ValidationException', 100],
    ['DeleteItem ConditionalCheckFailedException', 20],
    ['Query ok', 100],
    ['Scan ok', 100],
    ['Scan ValidationException', 20],
  ])('was asked for what ends in "%s" often enough', (outcome, floor) => {
    expect(counts.get(outcome)).toBeGreaterThanOrEqual(floor);
  });
});

function continued({ operation, input, fromLastKey }: DynamoDbRequest, lastKey: unknown): DynamoDbRequest {
  return fromLastKey && lastKey !== undefined
    ? { operation, input: { ...input, ExclusiveStartKey: lastKey } }
    : { operation, input };
}

function answerOfModel(state: DynamoDbState, { operation, input }: DynamoDbRequest): Answer {
  const handle = dynamoDbOperations[operation] as (state: DynamoDbState, input: unknown) => object;
  try {
    return { ...handle(state, input) };
  } catch (error) {
    return { error: (error as Error).name };
  }
}

async function answerOfDynalite(
  { client }: Dynalite,
  { operation, input }: DynamoDbRequest,
): Promise<Answer> {
  const Command = commands[operation] as unknown as new (input: unknown) => ScanCommand;
  try {
    const { $metadata: _, ...answer } = await client.send(new Command(input));
    return { ...answer };
  } catch (error) {
    return { error: (error as Error).name };
  }
}

/** Members of sets come in no order. */
function comparable(answer: Answer): unknown {
  return JSON.parse(JSON.stringify(answer), (_key, value: unknown) =>
    isSet(value) ? { SS: [...value.SS].sort() } : value,
  );
}

function isSet(value: unknown): value is { SS: readonly string[] } {
  return typeof value === 'object' && value !== null && 'SS' in value;
}

async function emptyTables({ client }: Dynalite): Promise<void> {
  for (const { name, key } of tables) {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
    for (const item of Items) {
      const hash = item[key.hash];
      if (hash) await client.send(new DeleteItemCommand({ TableName: name, Key: { [key.hash]: hash } }));
    }
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
