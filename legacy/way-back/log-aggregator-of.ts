import type { LogAggregator, LogEvent, RequestContext } from '../../src/contracts/index.js';
import type { Runner } from '../runner.js';

/**
 * A view of a runner as a {@link LogAggregator}. A `Runner` gives a log as a whole, so `readExecutionLogs` holds all of
 * it in memory. It cannot tell either when a log is complete, so `follow` is not honoured: the iteration ends behind
 * what has been written so far, and the reader asks again with `after`.
 *
 * Where the runner's events have no positions, their numbers serve, from 1: as stable as the runner's own answer.
 */
export function logAggregatorOf(runner: Runner): LogAggregator {
  return {
    fetchExecutionLogs(ctx, executionId) {
      return runner.fetchLogsByExecutionId(ctx, executionId);
    },

    async *readExecutionLogs(ctx, executionId, { after } = {}) {
      if (isAborted(ctx)) return;
      const events = (await fetchUnlessAborted(runner, ctx, executionId)).map(withPosition);
      for (const event of events.slice(indexBehind(events, after))) {
        if (isAborted(ctx)) return;
        yield event;
      }
    },
  };
}

async function fetchUnlessAborted(
  runner: Runner,
  ctx: RequestContext,
  executionId: string,
): Promise<LogEvent[]> {
  try {
    return await runner.fetchLogsByExecutionId(ctx, executionId);
  } catch (cause) {
    // A reader that has left is told nothing; every other failure is the reader's.
    if (isAborted(ctx)) return [];
    throw cause;
  }
}

function isAborted(ctx: RequestContext): boolean {
  return ctx.signal?.aborted === true;
}

function withPosition(event: LogEvent, index: number): LogEvent & { readonly position: string } {
  return { ...event, position: event.position ?? String(index + 1) };
}

/** An unknown position belongs to an event that the runner no longer gives, so everything it gives comes later. */
function indexBehind(events: readonly { readonly position: string }[], after: string | undefined): number {
  return after === undefined ? 0 : events.findIndex(({ position }) => position === after) + 1;
}
