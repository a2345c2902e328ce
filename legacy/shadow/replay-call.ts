import type { Runner } from '../runner.js';
import { outcomeDifference } from './compare-outcomes.js';
import { hasFailed, type CallOutcome, type RecordedCall } from './recorded-call.js';
import { publishable, type PublishedDifference } from './redact.js';
import { Replay } from './replay.js';
import { isNotComparable, type Party } from './script.js';
import { translations } from './scripts/translations.js';
import type { RunnerWorld } from './world.js';

/** What came of replaying a call with the candidate. */
export type ReplayVerdict =
  | { readonly kind: 'match' }
  | { readonly kind: 'not-comparable'; readonly row: string }
  | { readonly kind: 'difference'; readonly difference: ShadowDifference };

/** Where the candidate came apart from the control; holds nothing that a user wrote. */
export interface ShadowDifference {
  /** Position among the requests, or how the call ended. */
  readonly in: 'requests' | 'outcome';
  /** Operation that was to be requested, and the one that was; `null` where there is none. */
  readonly expectedOperation?: string | null;
  readonly actualOperation?: string | null;
  /** The first place that is not the same. */
  readonly at?: PublishedDifference | undefined;
}

/** Runs the candidate on what the control did. Nothing leaves the process, nothing is waited for. */
export async function replayCall(
  call: RecordedCall,
  candidate: Party,
  makeCandidate: (world: RunnerWorld) => Runner,
): Promise<ReplayVerdict> {
  // No client answers nothing at all; where one did, a monolith would have crashed.
  if (call.exchanges.some((one) => !hasFailed(one) && one.answer === undefined))
    return { kind: 'not-comparable', row: 'outages-are-503' };
  const script = translations[call.method][candidate](call);
  if (isNotComparable(script)) return { kind: 'not-comparable', row: script.row };
  const replay = new Replay(script, call.times);
  const outcome = await outcomeOf(makeCandidate(replay.world), call);

  const { difference } = replay;
  if (difference !== undefined) {
    const { expected, actual, input } = difference;
    return {
      kind: 'difference',
      difference: {
        in: 'requests',
        expectedOperation: expected,
        actualOperation: actual,
        at: input && publishable(call, input),
      },
    };
  }
  const outcomes =
    candidate === 'facade'
      ? { monolith: call.outcome, facade: outcome }
      : { monolith: outcome, facade: call.outcome };
  const found = outcomeDifference({ ...call, exchanges: script }, outcomes);
  if (found === undefined) return { kind: 'match' };
  if ('row' in found) return { kind: 'not-comparable', row: found.row };
  return { kind: 'difference', difference: { in: 'outcome', at: publishable(call, found) } };
}

async function outcomeOf(runner: Runner, { method, requestId, args }: RecordedCall): Promise<CallOutcome> {
  const callable = runner as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>;
  const ctx = requestId === undefined ? {} : { requestId };
  try {
    return { kind: 'returned', value: await callable[method]?.(ctx, ...structuredClone(args)) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
