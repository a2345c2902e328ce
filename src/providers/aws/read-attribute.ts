import type { AttributeValue } from '@aws-sdk/client-dynamodb';

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** A signed 64-bit integer in decimal digits; throws a plain error for anything else. */
export function parseInteger(text: string): bigint {
  if (!/^[+-]?[0-9]+$/.test(text)) throw new Error(`parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = BigInt(text.replace(/^\+/, ''));
  if (value < smallest || value > largest)
    throw new Error(`parsing ${JSON.stringify(text)}: value out of range`);
  return value;
}

/** Text, or a number as its text; missing and NULL are empty. */
export function readText(attribute: AttributeValue | undefined): string {
  return readOptionalText(attribute) ?? '';
}

/** As {@link readText}, but missing and NULL are `undefined`. */
export function readOptionalText(attribute: AttributeValue | undefined): string | undefined {
  if (attribute === undefined || attribute.NULL === true) return undefined;
  const text = attribute.S ?? attribute.N;
  if (text === undefined) throw new Error('cannot unmarshal attribute into a string');
  return text;
}

/** As {@link readText}, but there must be some. */
export function readSomeText(item: Readonly<Record<string, AttributeValue>>, name: string): string {
  const text = readText(item[name]);
  if (text === '') throw new Error(`${name} is missing`);
  return text;
}

/** A yes or no; missing and NULL are no. Anything else is not taken for either. */
export function readFlag(attribute: AttributeValue | undefined): boolean {
  if (attribute === undefined || attribute.NULL === true) return false;
  if (attribute.BOOL === undefined) throw new Error('cannot unmarshal attribute into a yes or no');
  return attribute.BOOL;
}

/** A number attribute that holds an integer; missing and NULL are 0. */
export function readInteger(attribute: AttributeValue | undefined): bigint {
  if (attribute === undefined || attribute.NULL === true) return 0n;
  if (attribute.N === undefined) throw new Error('cannot unmarshal attribute into an integer');
  return parseInteger(attribute.N);
}

/** A list or a set of texts; missing and NULL are empty. */
export function readList(attribute: AttributeValue | undefined): string[] {
  if (attribute === undefined || attribute.NULL === true) return [];
  if (attribute.L !== undefined) return attribute.L.map(readText);
  const set = attribute.SS ?? attribute.NS;
  if (set === undefined) throw new Error('cannot unmarshal attribute into a list of strings');
  return [...set];
}
