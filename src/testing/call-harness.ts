import { AsyncLocalStorage } from 'node:async_hooks';
import type { FaultPlan } from './fault-plan.js';
import type { Arrival, Harness } from './implementation.js';
import type { Lanes } from './lanes.js';

/** What holds for the requests of one call. */
interface CallScope {
  readonly call: number;
  readonly faults: FaultPlan;
  readonly lanes?: Lanes | undefined;
}

/** One for all: Node keeps every storage that was ever used, and each promise pays for each of them. */
const scopes = new AsyncLocalStorage<{ readonly harness: CallHarness; readonly scope: CallScope }>();

/** Ties each request to the call that made it, however many calls run at once. */
export class CallHarness implements Harness {
  /** Runs a call; its requests meet its faults and wait in its lane. */
  within<Result>(scope: CallScope, call: () => Result): Result {
    return scopes.run({ harness: this, scope }, call);
  }

  async arrive(operation: string): Promise<Arrival> {
    const entered = scopes.getStore();
    const scope = entered?.harness === this ? entered.scope : undefined;
    await scope?.lanes?.arrive(scope.call);
    return { call: scope?.call, fault: scope?.faults.meet(operation)?.kind };
  }
}
