import type { LogEvent } from '../../contracts/index.js';

const mebibyte = 1024 * 1024;
const answerLimit = 32 * mebibyte;

/** Keeps the last events that fit into an answer; what comes before them is counted and let go. */
export function createLastEvents(limit = answerLimit) {
  let events: LogEvent[] = [];
  let first = 0;
  let keptBytes = 0;
  let droppedBytes = 0;
  let droppedCount = 0;

  return {
    add(event: LogEvent): void {
      events.push(event);
      keptBytes += Buffer.byteLength(event.message);
      for (let oldest = events[first]; keptBytes > limit && oldest !== undefined; oldest = events[first]) {
        const bytes = Buffer.byteLength(oldest.message);
        keptBytes -= bytes;
        droppedBytes += bytes;
        droppedCount += 1;
        first += 1;
      }
      // Seldom, so that letting go of the oldest costs nothing on average.
      if (first > 100_000) {
        events = events.slice(first);
        first = 0;
      }
    },

    /** What was kept; where something was let go, behind an event that says how much. */
    toArray(): LogEvent[] {
      const kept = events.slice(first);
      if (droppedCount === 0) return kept;
      const message = `refacet: ${droppedCount} earlier lines (${describe(droppedBytes)}) were left out; this is the last ${describe(limit)}`;
      return [{ timestamp: kept[0]?.timestamp ?? 0, message }, ...kept];
    },
  };
}

function describe(bytes: number): string {
  return bytes < mebibyte ? `${bytes} bytes` : `${Math.round(bytes / mebibyte)} MiB`;
}
