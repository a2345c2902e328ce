import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { assertEquivalent } from './assert-equivalent.js';
import { assertForAll } from './assert-for-all.js';
import { createEquivalence } from './equivalence.js';
import { faultSweep } from './fault-sweep.js';
import type { Harness, Implementation, RequestRecord, Side } from './implementation.js';
import { assertEveryInterleaving } from './interleavings.js';
import { ref } from './scenario.js';
import type { Call, Scenario } from './scenario.js';
import { scenarioArbitrary } from './scenario-arbitrary.js';
import { findVacuity } from './vacuity.js';

/** A list of named notes in a store with pages of two: small, but with all that can go wrong in a real pair. */
class Notes {
  readonly #notes = new Map<string, string>();
  #nextId = 1;
  #requests: RequestRecord[] = [];
  #logs: unknown[] = [];
  #remembered: string | undefined;
  readonly #inFlight = new Map<string, Promise<{ text: string }>>();

  constructor(
    private readonly harness: Harness,
    private readonly bug: string,
  ) {}

  async add(note: { text: string; tag?: string }, author: string): Promise<string> {
    if (this.has('argument mutated')) note.tag = 'seen';
    const id = `note-${this.#nextId++}`;
    const writer = this.has('argument dropped') ? '' : author;
    if (this.has('requests swapped')) await this.request('store.index', id, () => undefined);
    try {
      await this.request('store.put', [id, note.text, writer], () => this.#notes.set(id, note.text));
    } catch (cause) {
      if (this.has('retry added'))
        await this.request('store.put', [id], () => this.#notes.set(id, note.text));
      else
        throw Object.assign(new Error('not saved', this.has('cause lost') ? {} : { cause }), {
          code: this.has('code renamed') ? 'BROKEN' : 'UNAVAILABLE',
        });
    }
    if (!this.has('requests swapped')) await this.request('store.index', id, () => undefined);
    if (!this.has('log dropped')) this.#logs.push({ level: 'warn', event: 'added', id });
    return id;
  }

  async list(): Promise<string[]> {
    const found: string[] = [];
    for (let from = 0; from === 0 || from < this.#notes.size; from += 2) {
      const page = await this.request('store.page', from, () =>
        [...this.#notes.values()].slice(from, from + 2),
      );
      found.push(...page);
      if (this.has('paging stopped early') && from >= 2) break;
    }
    return found;
  }

  get(id: string): Promise<{ text: string; tag?: undefined }> {
    if (this.has('thrown synchronously') && id === '') throw new Error('no id');
    return this.read(id);
  }

  async touch(id: string): Promise<void> {
    const text = this.has('first read remembered')
      ? (this.#remembered ??= (await this.read(id)).text)
      : (await this.readShared(id)).text;
    await this.request('store.put', [id, `${text}!`], () => this.#notes.set(id, `${text}!`));
  }

  side(): Side {
    return {
      call: (method, args) =>
        (this as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[method]?.(...args),
      observe: () => {
        const observed = { requests: this.#requests, state: [...this.#notes], logs: this.#logs };
        this.#requests = [];
        this.#logs = [];
        return observed;
      },
      pool: () => [...this.#notes.keys()],
    };
  }

  /** Correct as long as nothing happens at the same time: what no sequence of calls can tell. */
  private readShared(id: string): Promise<{ text: string }> {
    if (!this.has('reads in flight shared')) return this.read(id);
    const inFlight = this.#inFlight.get(id) ?? this.read(id).finally(() => this.#inFlight.delete(id));
    this.#inFlight.set(id, inFlight);
    return inFlight;
  }

  private async read(id: string): Promise<{ text: string; tag?: undefined }> {
    if (id === '') throw new Error('no id');
    const text = await this.request('store.get', id, () => this.#notes.get(id));
    if (this.has('awaits more often')) for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    if (text === undefined) throw Object.assign(new Error('no such note'), { code: 'NOT_FOUND' });
    return this.has('undefined member') ? { text, tag: undefined } : { text };
  }

  private async request<Result>(operation: string, input: unknown, answer: () => Result): Promise<Result> {
    const { fault, call } = await this.harness.arrive(operation);
    if (fault === 'refused') {
      this.#requests.push({ operation, input, outcome: 'refused', call });
      throw new Error(`${operation} refused`);
    }
    const outcome = answer();
    this.#requests.push({ operation, input: structuredClone(input), outcome, call });
    if (fault === 'answer lost') throw new Error('connection lost');
    return outcome;
  }

  private has(bug: string): boolean {
    return this.bug === bug;
  }
}

const notes = (bug = 'none'): Implementation => ({
  name: bug,
  build: (harness) => new Notes(harness, bug).side(),
});

const fault = fc.record({
  operation: fc.constantFrom('store.put', 'store.get', 'store.page', 'store.index'),
  occurrence: fc.integer({ min: 1, max: 2 }),
  kind: fc.constantFrom('refused', 'answer lost'),
});
const faults = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fault, { maxLength: 2 }));
const existing = fc.nat(5).map((at) => ref('notes', at, 'note-0'));
const calls: fc.Arbitrary<Call> = fc.oneof(
  fc.record({
    method: fc.constant('add'),
    args: fc.tuple(fc.record({ text: fc.string() }), fc.constantFrom('ada', 'bob')),
    faults,
  }),
  fc.record({ method: fc.constant('list'), args: fc.constant([]), faults }),
  fc.record({ method: fc.constant('get'), args: fc.tuple(fc.oneof(existing, fc.constant(''))), faults }),
  fc.record({ method: fc.constant('touch'), args: fc.tuple(existing), faults }),
);
const scenarios = scenarioArbitrary(fc, { calls, most: 30 });
const seed = 20261124;

describe('two implementations that are the same', () => {
  const equivalence = createEquivalence({ reference: notes(), candidate: notes() });

  it('do not differ in any random scenario, and every outcome is reached', async () => {
    await assertForAll(fc, equivalence, scenarios, { runs: 300, seed });

    const floors = {
      outcomes: { add: { ok: 20, UNAVAILABLE: 20 }, get: { ok: 20, NOT_FOUND: 1, Error: 20 } },
    };
    expect(findVacuity(equivalence.ledger.coverage, {}, floors)).toEqual([]);
  });

  it('do not differ under any fault and any schedule', async () => {
    const canonical: Scenario = { calls: [add('a'), add('b'), add('c'), { method: 'list', args: [] }] };
    for await (const scenario of faultSweep(equivalence, [canonical], () => ['refused', 'answer lost'])) {
      await assertEquivalent(equivalence, scenario);
    }

    const orders = await assertEveryInterleaving(equivalence, {
      before: [add('a')],
      together: [add('b'), touch(0)],
    });

    // Two requests of each: six ways to put them in order.
    expect(orders).toBe(6);
  });

  it('do not differ under a schedule because one awaits more often', async () => {
    const slower = createEquivalence({ reference: notes(), candidate: notes('awaits more often') });

    await assertEveryInterleaving(slower, { before: [add('a')], together: [touch(0), touch(0)] });
  });
});

describe.each([
  ['argument mutated', 1],
  ['argument dropped', 1],
  ['requests swapped', 1],
  ['retry added', 1],
  ['cause lost', 1],
  ['code renamed', 1],
  ['log dropped', 1],
  ['paging stopped early', 6],
  ['thrown synchronously', 1],
  ['undefined member', 2],
  ['first read remembered', 4],
])('the planted bug "%s"', (bug, most) => {
  let report: string;

  beforeEach(async () => {
    const equivalence = createEquivalence({ reference: notes(), candidate: notes(bug) });
    report = await assertForAll(fc, equivalence, scenarios, { runs: 1_000, seed }).then(
      () => 'not found',
      (error: unknown) => (error as Error).message,
    );
  });

  it(`is found and shrinks to ${most} calls or fewer`, () => {
    expect(report).toContain(`${bug} differs from none at call`);
    expect(report.match(/method: /g)?.length).toBeLessThanOrEqual(most);
    expect(report).toMatch(/seed \d+, path [\d:]+/);
  });
});

describe('a bug that only a race shows', () => {
  const equivalence = createEquivalence({ reference: notes(), candidate: notes('reads in flight shared') });

  it('is found by enumerating the schedules, and nowhere else', async () => {
    const race = { before: [add('a')], together: [touch(0), touch(0)] };

    await assertForAll(fc, equivalence, scenarios, { runs: 100, seed });
    await expect(assertEveryInterleaving(equivalence, race)).rejects.toThrow(/the calls that ran together/);
  });
});

function add(text: string): Call {
  return { method: 'add', args: [{ text }, 'ada'] };
}

function touch(at: number): Call {
  return { method: 'touch', args: [ref('notes', at)] };
}
