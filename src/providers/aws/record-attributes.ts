import type { AttributeValue } from '@aws-sdk/client-dynamodb';

import type { Item } from './image-row.js';
import { parseRfc3339 } from './parse-rfc3339.js';
import { readInteger, readText } from './read-attribute.js';

/** The attribute of a text, or none for an empty one. */
export function textUnlessEmpty(name: string, text: string | undefined): Item {
  return text === undefined || text === '' ? {} : { [name]: { S: text } };
}

/** A time as Unix seconds, rounded down. */
export function seconds(time: Date): AttributeValue.NMember {
  return { N: String(Math.floor(time.getTime() / 1_000)) };
}

/** The attribute of a time as Unix seconds, or none. */
export function secondsIfSet(name: string, time: Date | undefined): Item {
  return time === undefined ? {} : { [name]: seconds(time) };
}

/** A time kept as Unix seconds; throws a plain error when it is none, or none that there can be. */
export function readSeconds(attribute: AttributeValue | undefined): Date {
  if (attribute === undefined || attribute.NULL === true) throw new Error('a time is missing');
  const time = new Date(Number(readInteger(attribute)) * 1_000);
  if (Number.isNaN(time.getTime())) throw new Error(`not a time: ${String(attribute.N)}`);
  return time;
}

/** As {@link readSeconds}; missing is `undefined`. */
export function readSecondsIfSet(attribute: AttributeValue | undefined): Date | undefined {
  return attribute === undefined || attribute.NULL === true ? undefined : readSeconds(attribute);
}

/** A time kept as text; throws a plain error when it is none. */
export function readTime(attribute: AttributeValue | undefined): Date {
  const text = readText(attribute);
  const milliseconds = parseRfc3339(text);
  if (milliseconds === undefined) throw new Error(`not a time: ${text}`);
  return new Date(milliseconds);
}

/** As {@link readTime}; missing is `undefined`. */
export function readTimeIfSet(attribute: AttributeValue | undefined): Date | undefined {
  return attribute === undefined || attribute.NULL === true ? undefined : readTime(attribute);
}

/** Finds records by the request that made or last changed them. */
export function requestIdFilter(requestId: string) {
  return {
    FilterExpression: 'created_by_request_id = :request_id OR modified_by_request_id = :request_id',
    ExpressionAttributeValues: { ':request_id': { S: requestId } },
  };
}
