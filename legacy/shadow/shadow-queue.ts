/** How a shadow works through what it has recorded. */
export interface ShadowQueueOptions {
  /** Most recordings that wait; more are dropped. */
  readonly limit: number;
  /** Milliseconds that one piece of work may take before the next one begins. */
  readonly deadline: number;
}

/** One piece of work after the other, each in a turn of the event loop of its own, and never in the way of a call. */
export class ShadowQueue {
  readonly #waiting: { work: () => Promise<void>; onDeadline: () => void }[] = [];
  #isWorking = false;
  #idle: (() => void)[] = [];

  constructor(private readonly options: ShadowQueueOptions) {}

  /** Takes a piece of work, unless too much is waiting. */
  offer(work: () => Promise<void>, onDeadline: () => void): boolean {
    if (this.#waiting.length >= this.options.limit) return false;
    this.#waiting.push({ work, onDeadline });
    if (!this.#isWorking) {
      this.#isWorking = true;
      this.#takeNext();
    }
    return true;
  }

  /** Resolves when nothing is left to do. */
  async whenIdle(): Promise<void> {
    if (!this.#isWorking) return;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
    });
  }

  #takeNext(): void {
    // The answer of the call goes out first.
    setImmediate(() => {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#isWorking = false;
        for (const resolve of this.#idle.splice(0)) resolve();
        return;
      }
      void this.#within(next.work, next.onDeadline).finally(() => {
        this.#takeNext();
      });
    });
  }

  async #within(work: () => Promise<void>, onDeadline: () => void): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, this.options.deadline, 'late').unref();
    });
    const end = await Promise.race([work().catch(() => 'failed' as const), late]);
    clearTimeout(timer);
    if (end === 'late') onDeadline();
  }
}
