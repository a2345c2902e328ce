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

/** Ties each request to the call that made it, however many calls run at once. */
export class CallHarness implements Harness {
  readonly #scopes = new AsyncLocalStorage<CallScope>();

  /** Runs a call; its requests meet its faults and wait in its lane. */
  within<Result>(scope: CallScope, call: () => Result): Result {
    return this.#scopes.run(scope, call);
  }

  async arrive(operation: string): Promise<Arrival> {
    const scope = this.#scopes.getStore();
    await scope?.lanes?.arrive(scope.call);
    return { call: scope?.call, fault: scope?.faults.meet(operation)?.kind };
  }
}
