import { AsyncLocalStorage } from 'node:async_hooks';
import { pictureError } from '../../src/testing/index.js';
import type { RequestRecord } from '../../src/testing/index.js';
import type { Cloud } from './cloud.js';
import { copyData } from './copy-data.js';
import { abortError, playFault } from './faults.js';
import type { Service } from './service-error.js';

/** Tells a request when it is its turn, and which fault it meets. The harness of the equivalence kit is one. */
export interface Gate {
  arrive(
    operation: string,
  ): Promise<{ readonly call?: number | undefined; readonly fault?: string | undefined }>;
}

/** A gate that lets everything through. */
export const openGate: Gate = { arrive: async () => ({}) };

/** The requests that one party makes of a cloud. */
export class CloudSession {
  #requests: RequestRecord[] = [];
  inScopeOfItsCaller: <Result>(run: () => Result) => Result = (run) => run();
  /** Whether its requests come over a wire, whose other end does not know who asks. */
  isBehindAWire = false;
  #afterwards: { left: number; readonly act: () => void } | undefined;

  constructor(
    readonly cloud: Cloud,
    private readonly gate: Gate = openGate,
  ) {}

  /** Answers a request as a client does: always with a promise, with answers and inputs that nobody else holds. */
  async send(service: Service, operation: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    // Clients go on writing into what they sent: paginators use one input for all pages.
    const snapshot = copyData(input);
    const name = `${service}.${operation}`;
    if (signal?.aborted) throw abortError();
    const { fault, call } = await this.gate.arrive(name);
    const record = { operation: name, input: snapshot, call };
    try {
      const answer = this.#answer(service, operation, snapshot, fault);
      this.#requests.push({ ...record, outcome: copyData(answer) });
      return answer;
    } catch (error) {
      this.#requests.push({ ...record, outcome: error instanceof Error ? pictureError(error) : error });
      throw error;
    } finally {
      if (this.#afterwards && --this.#afterwards.left === 0) this.#afterwards.act();
    }
  }

  /** Whoever calls now makes the requests that come over a wire until the next call. */
  callsBegin(): void {
    if (this.isBehindAWire) this.inScopeOfItsCaller = AsyncLocalStorage.snapshot();
  }

  /** Does something once so many more requests have been answered: a caller may hang up then. */
  after(requests: number, act: () => void): void {
    this.#afterwards = { left: requests, act };
  }

  /** Notes something else that a party asks of the world, such as to wait, where it stands among the requests. */
  note(request: RequestRecord): void {
    this.#requests.push(request);
  }

  /** The requests since the last time. */
  takeRequests(): readonly RequestRecord[] {
    const requests = this.#requests;
    this.#requests = [];
    return requests;
  }

  #answer(service: Service, operation: string, input: unknown, fault: string | undefined): unknown {
    const apply = (): object => copyData(this.cloud.handle(service, operation, copyData(input)));
    const answer = fault === undefined ? apply() : playFault(fault, { service, operation, input, apply });
    return answer === undefined ? undefined : { ...(answer as object), $metadata: {} };
  }
}
