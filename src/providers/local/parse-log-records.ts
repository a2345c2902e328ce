import type { LogEvent } from '../../contracts/index.js';

const newline = 10;
const blank = 32;
/** `<13 digits> <o, e or r> ` stands before each line. */
const timeLength = 13;
const headerLength = 16;

const streams: Readonly<Record<string, LogEvent['stream']>> = { o: 'stdout', e: 'stderr' };

/** Events of the whole records in `bytes`, the first of which is line `firstLine`, and how many bytes they take. */
export function parseLogRecords(
  bytes: Buffer,
  firstLine: number,
  lastTimestamp: number,
): { readonly events: LogEvent[]; readonly length: number } {
  const events: LogEvent[] = [];
  let timestamp = lastTimestamp;
  let start = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    const isRecord = bytes[start + timeLength] === blank && bytes[start + headerLength - 1] === blank;
    const time = isRecord ? Number(bytes.toString('latin1', start, start + timeLength)) : Number.NaN;
    // A record that is none was damaged on disk. Its line keeps its number, or all later positions would move.
    if (time >= timestamp) timestamp = time;
    events.push({
      timestamp,
      message: bytes.toString('utf8', Number.isNaN(time) ? start : start + headerLength, end),
      position: String(firstLine + events.length),
      stream: streams[String.fromCharCode(bytes[start + timeLength + 1] ?? 0)],
    });
    start = end + 1;
  }
  return { events, length: start };
}
