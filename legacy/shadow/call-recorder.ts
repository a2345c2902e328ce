import type { Exchange } from './recorded-call.js';
import { sizeOf } from './size-of.js';

/** What a recording may take in memory. */
export const mostBytes = 1024 * 1024;

/** Writes down what one call asks of the world. Nothing that happens in here reaches the call. */
export class CallRecorder {
  readonly #exchanges: Exchange[] = [];
  readonly #times: Date[] = [];
  #bytes = 0;
  #flaw: 'too-large' | 'not-recorded' | undefined;

  constructor(private readonly limit = mostBytes) {}

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  get times(): readonly Date[] {
    return this.#times;
  }

  /** Why this recording is of no use, if it is of none; what it held has been let go then. */
  get flaw(): 'too-large' | 'not-recorded' | undefined {
    return this.#flaw;
  }

  noteTime(time: Date): void {
    if (this.#flaw === undefined) this.#times.push(time);
  }

  /** Copies the input, and the answer when it is there: clients and callers go on writing into both. */
  noteRequest(operation: string, input: unknown, answering: Promise<unknown>): void {
    this.#safely(() => {
      const copy = this.#copyOf(input);
      if (this.#flaw !== undefined) return;
      // Its place is that of the request, whenever the answer comes.
      const place = this.#exchanges.push({ operation, input: copy }) - 1;
      const put = (exchange: Exchange): void => {
        if (this.#flaw === undefined) this.#exchanges[place] = exchange;
      };
      answering.then(
        (answer) => this.#safely(() => put({ operation, input: copy, answer: this.#copyOf(answer) })),
        (error: unknown) => put({ operation, input: copy, error }),
      );
    });
  }

  #copyOf(value: unknown): unknown {
    this.#bytes += sizeOf(value, this.limit);
    if (this.#bytes > this.limit) {
      this.#letGo('too-large');
      return undefined;
    }
    return structuredClone(value);
  }

  #safely(note: () => void): void {
    if (this.#flaw !== undefined) return;
    try {
      note();
    } catch {
      this.#letGo('not-recorded');
    }
  }

  #letGo(flaw: 'too-large' | 'not-recorded'): void {
    this.#flaw = flaw;
    this.#exchanges.length = 0;
    this.#times.length = 0;
  }
}
