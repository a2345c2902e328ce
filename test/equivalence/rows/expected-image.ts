import { compareBytes } from '../../../src/providers/aws/compare-bytes.js';
import { isSameRegistry, parseImageReference } from '../../../src/providers/shared/parse-image-reference.js';
import type { Row } from './repaired-call.js';

const text = (row: Row, name: string): string => row[name]?.S ?? '';

/**
 * The row that an image argument stands for, by the declared rules: an ID; else a reference, where the very text goes
 * first, then the default, then the smallest ID; `''` is the default. Names need the same registry.
 */
export function expectedImage(rows: readonly Row[], image: string): Row | undefined {
  const byId = [...rows].sort((a, b) => compareBytes(text(a, 'image_id'), text(b, 'image_id')));
  const isDefault = (row: Row): boolean => text(row, 'is_default_placeholder') === 'DEFAULT';
  if (image === '') return byId.find(isDefault);

  const isId = /:.*-[0-9a-f]{8}$/i.test(image);
  const exact = isId ? byId.find((row) => text(row, 'image_id') === image) : undefined;
  if (exact) return exact;

  const { registry, name, tag } = parseImageReference(image);
  const isNamed = (row: Row): boolean =>
    text(row, 'image_name') === name &&
    text(row, 'image_tag') === tag &&
    isSameRegistry(text(row, 'image_registry'), registry);
  const spelt = byId.filter((row) => text(row, 'image') === image);
  const named = byId.filter(isNamed);
  return spelt.find(isDefault) ?? spelt[0] ?? named.find(isDefault) ?? named[0];
}

/** The ID of a row, if there is one. */
export function idOf(row: Row | undefined): string | undefined {
  return row?.['image_id']?.S;
}
