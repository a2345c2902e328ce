import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareValues, storedForm, typeOf } from './attribute-value.js';
import type { Item } from './attribute-value.js';
import { settled } from '../copy-data.js';
import { validationError } from './validation-error.js';

type KeyType = 'S' | 'N';

/** Attributes that identify an item, or order it in an index. */
export interface KeySchema {
  readonly hash: string;
  readonly range?: string | undefined;
}

/** A table as a template would declare it. Indexes project everything. */
export interface TableDefinition {
  readonly name: string;
  readonly key: KeySchema;
  /** Types of all key attributes, of indexes too. */
  readonly types: Readonly<Record<string, KeyType>>;
  readonly indexes?: Readonly<Record<string, KeySchema>> | undefined;
}

/** A table's content: plain data. */
export interface TableState {
  readonly definition: TableDefinition;
  readonly items: Map<string, Item>;
}

/** Order in which a table or an index is read: by partition, then by range, then by what tells equal ones apart. */
export type ItemOrder = (one: Item, other: Item) => number;

export function emptyTable(definition: TableDefinition): TableState {
  return { definition, items: new Map() };
}

/** Text that is equal for equal keys. */
export function keyText({ definition: { key } }: TableState, item: Item): string {
  return JSON.stringify([item[key.hash], key.range === undefined ? null : item[key.range]]);
}

/** The key attributes of an item: of the table, and of an index where one was read. */
export function keyOf({ key }: TableDefinition, item: Item, index?: KeySchema): Item {
  const names = [key.hash, key.range, index?.hash, index?.range].filter((name) => name !== undefined);
  return Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
}

/** Order of reading. Partitions come in the order of a hash, as in the real service, never in that of their names. */
export function orderOf({ key }: TableDefinition, index?: KeySchema): ItemOrder {
  const { hash, range } = index ?? key;
  return (one, other) =>
    comparePartitions(one[hash], other[hash]) ||
    compareOptional(range, one, other) ||
    (index ? comparePartitions(one[key.hash], other[key.hash]) || compareOptional(key.range, one, other) : 0);
}

/** Refuses a key that is not exactly the table's. */
export function checkKey({ key, types }: TableDefinition, item: Item): void {
  const names = [key.hash, key.range].filter((name) => name !== undefined);
  const isComplete = names.every((name) => item[name]) && Object.keys(item).length === names.length;
  const hasTypes = isComplete && names.every((name) => typeOf(item[name]) === types[name]);
  if (!hasTypes) throw validationError('The provided key element does not match the schema');
  for (const name of names) refuseEmpty(name, item[name]);
}

/** Refuses an item that lacks a key attribute, or has a key attribute of another type. */
export function checkItem(definition: TableDefinition, item: Item): void {
  const { key, types, indexes = {} } = definition;
  for (const name of [key.hash, key.range].filter((one) => one !== undefined)) {
    const value = item[name];
    if (!value) throw invalidParameter(`Missing the key ${name} in the item`);
    const [expected, actual] = [types[name] ?? '', typeOf(value)];
    if (actual !== expected)
      throw invalidParameter(`Type mismatch for key ${name} expected: ${expected} actual: ${actual}`);
    refuseEmpty(name, value);
  }
  for (const [indexName, index] of Object.entries(indexes)) {
    for (const name of [index.hash, index.range].filter((one) => one !== undefined)) {
      const value = item[name];
      const [expected, actual] = [types[name] ?? '', value && typeOf(value)];
      if (actual !== undefined && actual !== expected) {
        throw invalidParameter(
          `Type mismatch for Index Key ${name} Expected: ${expected} Actual: ${actual} IndexName: ${indexName}`,
        );
      }
      if (value?.S === '') {
        throw validationError(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${indexName}, IndexKey: ${name}`,
        );
      }
    }
  }
}

/** Refuses an update that would give an index a key of another type. */
export function refuseIndexKey({ types }: TableDefinition, name: string, value: AttributeValue): void {
  if (types[name] !== undefined && typeOf(value) !== types[name]) {
    throw invalidParameter(
      'The update expression attempted to update the secondary index key to unsupported type',
    );
  }
}

/** Stores an item as DynamoDB keeps it. */
export function store(table: TableState, item: Item): void {
  checkItem(table.definition, item);
  const stored = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, storedForm(value)]));
  table.items.set(keyText(table, stored), settled(stored));
}

function invalidParameter(message: string): Error {
  return validationError(`One or more parameter values were invalid: ${message}`);
}

/** Refuses an empty text where a key stands. */
export function refuseEmpty(name: string, value: AttributeValue | undefined): void {
  if (value?.S === '') {
    throw validationError(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  }
}

function compareOptional(name: string | undefined, one: Item, other: Item): number {
  const [a, b] = name === undefined ? [] : [one[name], other[name]];
  return a && b ? (compareValues(a, b) ?? 0) : 0;
}

const partitions = new Map<string, string>();

/** The same hash as the double that the model is tested against, so that whole pages can be compared. */
function comparePartitions(one: AttributeValue | undefined, other: AttributeValue | undefined): number {
  if (!one || !other) return 0;
  const [a, b] = [partitionOf(one), partitionOf(other)];
  return a < b ? -1 : a > b ? 1 : (compareValues(one, other) ?? 0);
}

function partitionOf({ S = '' }: AttributeValue): string {
  const known = partitions.get(S) ?? createHash('md5').update('Outliers').update(S).digest('hex').slice(0, 6);
  partitions.set(S, known);
  return known;
}
