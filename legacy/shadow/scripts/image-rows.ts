import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareBytes } from '../../../src/providers/aws/compare-bytes.js';
import { isSameRegistry, parseImageReference } from '../../../src/providers/shared/parse-image-reference.js';
import type { Exchange } from '../recorded-call.js';

/** A row of the images table as DynamoDB gives it. */
export type Row = Readonly<Record<string, AttributeValue>>;

/** The rows that a request was answered with. */
export function rowsOf(exchange: Exchange | undefined): readonly Row[] {
  const { Item, Items } = (exchange?.answer ?? {}) as {
    readonly Item?: Row;
    readonly Items?: readonly Row[];
  };
  return Items ?? (Item === undefined ? [] : [Item]);
}

export function textOf(row: Row | undefined, name: string): string {
  return row?.[name]?.S ?? '';
}

function isDefault(row: Row): boolean {
  return textOf(row, 'is_default_placeholder') === 'DEFAULT';
}

/** Whether a row has the name and tag of a reference, whatever its registry. */
export function isNamed(row: Row, image: string): boolean {
  const { name, tag } = parseImageReference(image);
  return textOf(row, 'image_name') === name && textOf(row, 'image_tag') === tag;
}

/** Whether a row was registered under this very text. */
export function isSpelt(row: Row, image: string): boolean {
  return textOf(row, 'image') === image;
}

/** The row that the monolith takes for a reference: of this text, else of its name; the default, else the first. */
export function monolithChoice(rows: readonly Row[], image: string): Row | undefined {
  const spelt = rows.filter((row) => isSpelt(row, image));
  const candidates = spelt.length > 0 ? spelt : rows.filter((row) => isNamed(row, image));
  return candidates.find(isDefault) ?? candidates[0];
}

/** The row that the facade takes: names need the same registry, and the smallest ID goes first. */
export function facadeChoice(rows: readonly Row[], image: string): Row | undefined {
  const { registry } = parseImageReference(image);
  const byId = [...rows].sort((a, b) => compareBytes(textOf(a, 'image_id'), textOf(b, 'image_id')));
  const spelt = byId.filter((row) => isSpelt(row, image));
  const named = byId.filter(
    (row) => isNamed(row, image) && isSameRegistry(textOf(row, 'image_registry'), registry),
  );
  return spelt.find(isDefault) ?? spelt[0] ?? named.find(isDefault) ?? named[0];
}
