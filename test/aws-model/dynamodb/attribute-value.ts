import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** `S`, `N`, `BOOL`, … */
export function typeOf(value: AttributeValue | undefined): string {
  return Object.keys(value ?? {})[0] ?? '';
}

/** Equality as conditions have it: numbers by value, sets without order. */
export function areEqual(one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  if (one === undefined || other === undefined || typeOf(one) !== typeOf(other)) return false;
  if (one.N !== undefined && other.N !== undefined) return compareNumbers(one.N, other.N) === 0;
  if (one.L && other.L) {
    const { L: items } = other;
    return one.L.length === items.length && one.L.every((item, index) => areEqual(item, items[index]));
  }
  if (one.M && other.M) {
    const { M: members } = other;
    const ours = one.M;
    const keys = Object.keys(ours);
    return (
      keys.length === Object.keys(members).length && keys.every((key) => areEqual(ours[key], members[key]))
    );
  }
  if (one.B && other.B) return Buffer.compare(one.B, other.B) === 0;
  const members = setMembers(one);
  if (members) return sameMembers(members, setMembers(other) ?? [], one.NS !== undefined);
  return one.S === other.S && one.BOOL === other.BOOL && one.NULL === other.NULL;
}

/** Order of two values of one ordered type (text by bytes, numbers, bytes); `undefined` when they have none. */
export function compareValues(one: AttributeValue, other: AttributeValue): number | undefined {
  if (one.S !== undefined && other.S !== undefined)
    return Buffer.compare(Buffer.from(one.S), Buffer.from(other.S));
  if (one.N !== undefined && other.N !== undefined) return compareNumbers(one.N, other.N);
  if (one.B && other.B) return Buffer.compare(one.B, other.B);
  return undefined;
}

/** Members of a set of text or numbers. */
export function setMembers(value: AttributeValue | undefined): readonly string[] | undefined {
  return value?.SS ?? value?.NS;
}

/** Whole numbers of any size exactly, others as doubles: what keys and counters of the project need. */
export function compareNumbers(one: string, other: string): number {
  const [a, b] = isWhole(one) && isWhole(other) ? [BigInt(one), BigInt(other)] : [Number(one), Number(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The sum as DynamoDB writes it. */
export function addNumbers(one: string, other: string, sign: 1 | -1): string {
  return isWhole(one) && isWhole(other)
    ? String(BigInt(one) + BigInt(sign) * BigInt(other))
    : String(Number(one) + sign * Number(other));
}

/** A number as DynamoDB stores it: without leading zeros and signs, and without trailing zeros of a fraction. */
export function normaliseNumber(text: string): string {
  if (/^[+-]?\d+$/.test(text)) return String(BigInt(text.replace(/^\+/, '')));
  return String(Number(text));
}

/** A value as it comes back after having been stored. */
export function storedForm(value: AttributeValue): AttributeValue {
  if (value.N !== undefined) return { N: normaliseNumber(value.N) };
  if (value.NS) return { NS: value.NS.map(normaliseNumber) };
  if (value.L) return { L: value.L.map(storedForm) };
  if (value.M)
    return { M: Object.fromEntries(Object.entries(value.M).map(([key, item]) => [key, storedForm(item)])) };
  return value;
}

function isWhole(text: string): boolean {
  return /^-?\d+$/.test(text);
}

function sameMembers(one: readonly string[], other: readonly string[], areNumbers: boolean): boolean {
  const same = (a: string, b: string): boolean => (areNumbers ? compareNumbers(a, b) === 0 : a === b);
  return (
    one.length === other.length && one.every((member) => other.some((candidate) => same(member, candidate)))
  );
}
