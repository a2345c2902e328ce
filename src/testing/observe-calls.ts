import type { CallHarness } from './call-harness.js';
import { FaultPlan } from './fault-plan.js';
import type { Fault } from './fault-plan.js';
import type { Side } from './implementation.js';
import { eventLoopTurn, Lanes } from './lanes.js';
import { observationOf } from './observation.js';
import type { Observation, Outcome } from './observation.js';
import { picture } from './picture.js';
import { resolveReferences } from './scenario.js';
import type { Call } from './scenario.js';

/** An implementation in the middle of a scenario. */
export interface RunningSide {
  readonly side: Side;
  readonly harness: CallHarness;
  /** What the calls so far have returned, for references. */
  readonly returned: { readonly method: string; readonly value: unknown }[];
}

/** What calls did, and which of their faults met a request. */
export interface ObservedCalls {
  readonly observation: Observation;
  readonly met: readonly Fault[];
  /** How many requests there were to choose from at each decision; empty for a single call. */
  readonly widths: readonly number[];
}

/** Makes one call and looks at everything that can be seen of it. */
export async function observeCall(
  running: RunningSide,
  call: Call,
  position: number,
): Promise<ObservedCalls> {
  const prepared = prepare(running, call);
  const outcome = await outcomeOf(() =>
    running.harness.within({ call: position, faults: prepared.faults }, () =>
      running.side.call(call.method, prepared.args),
    ),
  );
  // What a call leaves running belongs to it, not to the next call.
  await eventLoopTurn();
  remember(running, call, outcome);

  return {
    observation: observationOf([outcome], [picture(prepared.args)], running.side.observe()),
    met: prepared.faults.met,
    widths: [],
  };
}

/** Makes several calls at once, their requests let through one by one as the decisions say. */
export async function observeTogether(
  running: RunningSide,
  calls: readonly Call[],
  decisions: readonly number[],
): Promise<ObservedCalls> {
  const lanes = new Lanes(decisions);
  const prepared = calls.map((call) => ({ call, ...prepare(running, call) }));
  const pending = Promise.all(
    prepared.map(({ call, args, faults }, lane) =>
      outcomeOf(() =>
        running.harness.within({ call: lane, faults, lanes }, () => running.side.call(call.method, args)),
      ),
    ),
  );
  const widths = await lanes.drain(pending);
  const outcomes = await pending;

  return {
    observation: observationOf(
      outcomes,
      prepared.map(({ args }) => picture(args)),
      running.side.observe(),
    ),
    met: prepared.flatMap(({ faults }) => faults.met),
    widths,
  };
}

function prepare(
  { side, returned }: RunningSide,
  call: Call,
): { readonly args: readonly unknown[]; readonly faults: FaultPlan } {
  const poolNamed = (pool: string): readonly unknown[] =>
    pool.startsWith('result:') ? resultsOf(returned, pool) : (side.pool?.(pool) ?? []);
  const args = call.args.map((argument) => resolveReferences(argument, poolNamed));
  return { args, faults: new FaultPlan(call.faults ?? []) };
}

function resultsOf(returned: RunningSide['returned'], pool: string): readonly unknown[] {
  const [method = '', ...path] = pool.slice('result:'.length).split('.');
  return returned
    .filter((result) => result.method === method)
    .map(({ value }) =>
      path.reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value),
    )
    .filter((value) => value !== undefined);
}

async function outcomeOf(call: () => unknown): Promise<Outcome> {
  let pending: unknown;
  try {
    pending = call();
  } catch (error) {
    return { kind: 'failed', error: picture(error), thrown: 'synchronously' };
  }
  try {
    return { kind: 'returned', value: picture(await pending) };
  } catch (error) {
    return { kind: 'failed', error: picture(error), thrown: 'asynchronously' };
  }
}

function remember({ returned }: RunningSide, call: Call, outcome: Outcome): void {
  if (outcome.kind === 'returned') returned.push({ method: call.method, value: outcome.value });
}
