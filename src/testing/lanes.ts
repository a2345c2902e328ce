/** Turns of the event loop without any request waiting after which the code under test is taken to be stuck. */
const idleTurns = 20_000;

interface Waiting {
  readonly lane: number;
  readonly order: number;
  readonly goOn: () => void;
}

/**
 * Decides in which order the requests of concurrent calls are answered. A request waits until the event loop has
 * nothing else to do; then one of the waiting ones is let through. The choice is by lane (one for each call), never by
 * order of arrival, so that implementations that await a different number of times see the same schedule.
 */
export class Lanes {
  #waiting: Waiting[] = [];
  #arrivals = 0;
  readonly #widths: number[] = [];

  constructor(private readonly decisions: readonly number[]) {}

  /** Resolves when the request may be answered. */
  arrive(lane: number): Promise<void> {
    return new Promise((goOn) => {
      this.#waiting.push({ lane, order: this.#arrivals++, goOn });
    });
  }

  /**
   * Lets requests through until all calls are settled.
   *
   * @returns how many requests there were to choose from at each decision: what an enumeration of schedules needs.
   */
  async drain(calls: Promise<unknown>): Promise<readonly number[]> {
    const progress = { isDone: false };
    const end = (): void => {
      progress.isDone = true;
    };
    calls.then(end, end);

    for (let idle = 0; ;) {
      await eventLoopTurn();
      if (progress.isDone) return this.#widths;
      if (this.#waiting.length === 0) {
        // A real timer never arrives here; without this the run would hang and hide which scenario it was.
        if (++idle > idleTurns)
          throw new Error('A call waits for something that is not a request of the world.');
        continue;
      }
      idle = 0;
      this.#letOneThrough();
    }
  }

  #letOneThrough(): void {
    this.#waiting.sort((a, b) => a.lane - b.lane || a.order - b.order);
    const decision = this.decisions[this.#widths.length] ?? 0;
    this.#widths.push(this.#waiting.length);
    const [chosen] = this.#waiting.splice(decision % this.#waiting.length, 1);
    chosen?.goOn();
  }
}

/** Resolves once every microtask that can run has run. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
