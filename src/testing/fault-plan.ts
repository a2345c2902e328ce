/** A failure of the outer world, attached to a request by its operation and its occurrence within one call. */
export interface Fault {
  /** As the world's double names it, such as `ecs.RunTask`. */
  readonly operation: string;
  /** 1 for the first request of that operation within the call. */
  readonly occurrence: number;
  /** What happens; only the world's double knows what it means. */
  readonly kind: string;
}

/**
 * The faults of one call, handed out as its requests arrive. Counting by operation and not by position keeps a fault
 * where it belongs when one implementation makes an additional request of another kind.
 */
export class FaultPlan {
  readonly #occurrences = new Map<string, number>();
  readonly #met: Fault[] = [];

  constructor(private readonly faults: readonly Fault[]) {}

  /** The fault for a request that arrives now. */
  meet(operation: string): Fault | undefined {
    const occurrence = (this.#occurrences.get(operation) ?? 0) + 1;
    this.#occurrences.set(operation, occurrence);
    const fault = this.faults.find((one) => one.operation === operation && one.occurrence === occurrence);
    if (fault) this.#met.push(fault);
    return fault;
  }

  /** The faults that have met a request so far. */
  get met(): readonly Fault[] {
    return this.#met;
  }
}
