import type { SqlRow } from './sqlite-database.js';

/** A text column. A row that holds anything else is damaged, and saying so beats going on with it. */
export function readText(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw unexpected(column, 'text');
}

export function readOptionalText(row: SqlRow, column: string): string | undefined {
  return row[column] === null ? undefined : readText(row, column);
}

export function readInteger(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw unexpected(column, 'a number');
}

export function readOptionalInteger(row: SqlRow, column: string): number | undefined {
  return row[column] === null ? undefined : readInteger(row, column);
}

/** SQLite has no booleans, and libsql must not be given any. */
export function readFlag(row: SqlRow, column: string): boolean {
  return readInteger(row, column) !== 0;
}

export function readBytes(row: SqlRow, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw unexpected(column, 'bytes');
}

/** A list of texts, kept as JSON. */
export function readTexts(row: SqlRow, column: string): string[] {
  const value: unknown = JSON.parse(readText(row, column));
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw unexpected(column, 'a list of texts');
}

function unexpected(column: string, expected: string): Error {
  return new Error(`column ${column} does not hold ${expected}: the database is damaged`);
}
