import type { LogEvent } from '../../src/contracts/index.js';
import { type Difference, firstDifference } from '../../src/testing/difference.js';
import { expectedError, failedExchange, visibleError } from './expected-error.js';
import type { CallOutcome, RecordedCall } from './recorded-call.js';
import type { NotComparable } from './script.js';
import { isRequestId } from './scripts/backend-logs.js';

/** How the same call ended with each party. */
export interface Outcomes {
  readonly monolith: CallOutcome;
  readonly facade: CallOutcome;
}

/** Where the facade ended otherwise than it was to, told from how the monolith ended. */
export function outcomeDifference(
  call: RecordedCall,
  { monolith: original, facade }: Outcomes,
): Difference | NotComparable | undefined {
  const monolith = isNoRequestId(call) ? nothingFound : original;
  if (monolith.kind === 'returned' && facade.kind === 'returned') {
    return firstDifference(expectedValue(call, monolith.value, facade.value), facade.value);
  }
  if (monolith.kind === 'failed') {
    const expected = expectedError(call, monolith.error);
    if ('row' in expected) return expected;
    if (facade.kind === 'returned') return { path: 'error', expected, actual: undefined };
    return firstDifference(
      { ...expected, cause: causeOf(call, monolith.error) },
      { ...visibleError(facade.error), cause: causeOf(call, facade.error) },
    );
  }
  return { path: 'error', expected: undefined, actual: outcomeError(facade) };
}

const nothingFound: CallOutcome = { kind: 'returned', value: [] };

/** Row `a-safe-and-patient-query`: what is no ID of a request becomes part of no query, and finds nothing. */
function isNoRequestId({ method, args }: RecordedCall): boolean {
  return method === 'fetchBackendLogs' && !isRequestId(String(args[0]));
}

/** Which request an error goes back to: a cause that is lost is a difference. */
function causeOf({ exchanges }: RecordedCall, error: unknown): string | undefined {
  return failedExchange(exchanges, error)?.operation;
}

function outcomeError(outcome: CallOutcome): unknown {
  return outcome.kind === 'failed' ? visibleError(outcome.error) : undefined;
}

/** What the facade makes of the same answers. */
function expectedValue(call: RecordedCall, value: unknown, actual: unknown): unknown {
  if (call.method === 'fetchLogsByExecutionId') return withPositions(value as readonly LogEvent[]);
  if (call.method === 'fetchBackendLogs')
    return withTimesOfInsights(value as readonly LogEvent[], actual as readonly LogEvent[]);
  return value;
}

/** Row `events-have-positions`: the time, and how many events of the same time come before. */
function withPositions(events: readonly LogEvent[]): readonly LogEvent[] {
  const seen = new Map<number, number>();
  return events.map((event) => {
    const before = seen.get(event.timestamp) ?? 0;
    seen.set(event.timestamp, before + 1);
    return { ...event, position: `${event.timestamp}.${before}` };
  });
}

/** Row `a-safe-and-patient-query`: where the monolith could not read the time of an event, the facade can. */
function withTimesOfInsights(events: readonly LogEvent[], actual: readonly LogEvent[]): readonly LogEvent[] {
  return events.map((event, index) =>
    event.timestamp === 0 ? { ...event, timestamp: actual[index]?.timestamp ?? 0 } : event,
  );
}
