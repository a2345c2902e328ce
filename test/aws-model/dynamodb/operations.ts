import type {
  DeleteItemCommandInput,
  GetItemCommandInput,
  PutItemCommandInput,
  QueryCommandInput,
  ScanCommandInput,
  TransactWriteItemsCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ServiceContext } from '../service-context.js';
import { serviceError } from '../service-error.js';
import type { Item } from './attribute-value.js';
import { ExpressionScope } from './expression-scope.js';
import { parseProjection } from './projection.js';
import { query, scan } from './read-pages.js';
import { checkKey, emptyTable, keyText } from './table.js';
import type { TableDefinition, TableState } from './table.js';
import { transactWriteItems } from './transact-write-items.js';
import { prepareDelete, preparePut, prepareUpdate, refuseUnmet } from './write-items.js';
import type { PreparedWrite } from './write-items.js';

/** What DynamoDB remembers: plain data. */
export interface DynamoDbState {
  readonly tables: Map<string, TableState>;
  /** Client request tokens of transactions. */
  readonly tokens: Map<string, unknown>;
}

export function emptyDynamoDb(definitions: readonly TableDefinition[]): DynamoDbState {
  return { tables: new Map(definitions.map((one) => [one.name, emptyTable(one)])), tokens: new Map() };
}

/** Operation → what it does to the state and answers. */
export const dynamoDbOperations = {
  GetItem: (state: DynamoDbState, input: GetItemCommandInput): object => {
    const table = tableNamed(state, input.TableName);
    const key = input.Key ?? {};
    const scope = new ExpressionScope(input.ExpressionAttributeNames);
    const project = parseProjection(input.ProjectionExpression, scope);
    scope.checkAllUsed();
    checkKey(table.definition, key);
    const item = table.items.get(keyText(table, key));
    return item ? { Item: project(item) } : {};
  },

  PutItem: (state: DynamoDbState, input: PutItemCommandInput): object =>
    write(preparePut(tableNamed(state, input.TableName), input), input, ['ALL_OLD']),

  DeleteItem: (state: DynamoDbState, input: DeleteItemCommandInput): object =>
    write(prepareDelete(tableNamed(state, input.TableName), input), input, ['ALL_OLD']),

  UpdateItem: (state: DynamoDbState, input: UpdateItemCommandInput): object =>
    write(prepareUpdate(tableNamed(state, input.TableName), input), input, ['ALL_OLD', 'ALL_NEW']),

  Query: (state: DynamoDbState, input: QueryCommandInput, context?: ServiceContext): object =>
    query(tableNamed(state, input.TableName), input, context?.bytesOfPage),

  Scan: (state: DynamoDbState, input: ScanCommandInput, context?: ServiceContext): object =>
    scan(tableNamed(state, input.TableName), input, context?.bytesOfPage),

  TransactWriteItems: (state: DynamoDbState, input: TransactWriteItemsCommandInput): object =>
    transactWriteItems((name) => tableNamed(state, name), state.tokens, input),
};

interface WriteOptions {
  readonly ReturnValues?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

function write(prepared: PreparedWrite, options: WriteOptions, known: readonly string[]): object {
  const { ReturnValues: returned = 'NONE', ReturnValuesOnConditionCheckFailure: onFailure } = options;
  if (returned !== 'NONE' && !known.includes(returned))
    throw new Error(`The model does not know ReturnValues ${returned}.`);
  refuseUnmet(prepared, onFailure === 'ALL_OLD');
  const after = prepared.apply();
  const attributes: Item | undefined =
    returned === 'ALL_OLD' ? prepared.before : returned === 'ALL_NEW' ? after : undefined;
  return attributes ? { Attributes: structuredClone(attributes) } : {};
}

function tableNamed({ tables }: DynamoDbState, name: string | undefined): TableState {
  const table = tables.get(name ?? '');
  if (!table) throw serviceError('dynamodb', 'ResourceNotFoundException', 'Requested resource not found');
  return table;
}
