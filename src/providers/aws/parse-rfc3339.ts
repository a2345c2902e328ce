const grammar =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/**
 * Unix milliseconds of a time, rounded down, or `undefined` if it is not written as the original reads times: an hour of
 * one digit, a comma before the fraction and offsets up to 24:60 are fine, days that do not exist are not.
 */
export function parseRfc3339(text: string): number | undefined {
  const match = grammar.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as Six;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const midnight = daysFromEpoch(year, month, day);
  if (midnight === undefined) return undefined;
  const offset = offsetMinutes(match[8], Number(match[9] ?? 0), Number(match[10] ?? 0));
  if (offset === undefined) return undefined;
  const seconds = midnight * 86_400 + hour * 3_600 + (minute - offset) * 60 + second;
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  return seconds * 1_000 + milliseconds;
}

type Six = [number, number, number, number, number, number];

/** Days since 1970-01-01, or `undefined` for a day that the calendar does not have. */
function daysFromEpoch(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  // Date.UTC reads years below 100 as 1900 and later.
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month >= 1;
  return exists ? date.getTime() / 86_400_000 : undefined;
}

function offsetMinutes(sign: string | undefined, hours: number, minutes: number): number | undefined {
  if (hours > 24 || minutes > 60) return undefined;
  const offset = hours * 60 + minutes;
  return sign === '-' ? -offset : offset;
}
