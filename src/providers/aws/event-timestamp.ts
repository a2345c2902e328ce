import { parseRfc3339 } from './parse-rfc3339.js';

/**
 * Unix milliseconds of an event: its own `time` if the message is JSON that has one, else what Insights says, in its own
 * format (UTC without saying so) or in RFC 3339, else 0.
 */
export function eventTimestamp(message: string, insightsTime: string): number {
  const time = timeMember(message);
  const own = time === undefined ? undefined : parseRfc3339(time);
  return own ?? parseRfc3339(insightsTime) ?? parseRfc3339(`${insightsTime.replace(' ', 'T')}Z`) ?? 0;
}

function timeMember(message: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  if (!Object.hasOwn(parsed, 'time') || !('time' in parsed) || hasOverflow(message)) return undefined;
  return typeof parsed.time === 'string' ? parsed.time : undefined;
}

/** Whether valid JSON holds a number too large for a double, which the original's decoder refuses. */
function hasOverflow(json: string): boolean {
  const tokens = json.matchAll(/"(?:[^"\\]|\\.)*"|(-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/gs);
  for (const [, number] of tokens) if (number !== undefined && !Number.isFinite(Number(number))) return true;
  return false;
}
