/** A request that an implementation made of the outer world. */
export interface RequestRecord {
  readonly operation: string;
  /** A copy made when the request arrived: clients go on writing into what they sent. */
  readonly input: unknown;
  /** What was answered or thrown. */
  readonly outcome: unknown;
  /** Position of the call that made it; tells concurrent calls apart. */
  readonly call?: number | undefined;
}

/** What can be seen from outside, besides what a call returns. Members that make no sense for a pair are left out. */
export interface Observed {
  /** Since the last time. */
  readonly requests?: readonly RequestRecord[] | undefined;
  /** All of it. */
  readonly state?: unknown;
  /** Since the last time. */
  readonly logs?: readonly unknown[] | undefined;
}

/** Which call a request belongs to, and which fault it meets. */
export interface Arrival {
  readonly call: number | undefined;
  readonly fault: string | undefined;
}

/** What the kit gives to the double of the outer world. */
export interface Harness {
  /**
   * To be awaited for each request before it is answered: waits for the request's turn, then tells which fault to play.
   * Faults and turns are those of the call in whose asynchronous context the request was made.
   */
  arrive(operation: string): Promise<Arrival>;
}

/** One implementation in a world of its own. */
export interface Side {
  call(method: string, args: readonly unknown[]): unknown;
  observe(): Observed;
  /** What a reference points into: such as the IDs that exist now, in an order that both implementations share. */
  pool?(name: string): readonly unknown[];
  /** The world as it is. Together with `restore` it lets a scenario go on behind a wanted difference of state. */
  save?(): unknown;
  restore?(world: unknown): void;
}

/** An implementation to compare: something that can be built afresh for every scenario. */
export interface Implementation {
  readonly name: string;
  build(harness: Harness): Side;
}
