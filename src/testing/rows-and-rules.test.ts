import { describe, expect, it } from 'vitest';
import { assertEquivalent } from './assert-equivalent.js';
import type { Divergence } from './divergence.js';
import { createEquivalence } from './equivalence.js';
import type { Implementation, RequestRecord } from './implementation.js';
import { uuidsByOrder } from './normalisation.js';
import type { Observation } from './observation.js';
import { findVacuity } from './vacuity.js';

/** A counter whose `increase` may ask for the count first, under either name, and marks each request with a token. */
function counter(
  read: 'store.list' | 'store.get' | undefined,
  by: number,
  token: () => string,
): Implementation {
  return {
    name: read ?? 'no read',
    build: (harness) => {
      let count = 0;
      let requests: RequestRecord[] = [];
      const request = async (operation: string): Promise<void> => {
        const { fault } = await harness.arrive(operation);
        requests.push({ operation, input: { token: token() }, outcome: fault });
        if (fault) throw new Error(fault);
      };
      return {
        call: async () => {
          if (read) await request(read);
          await request('store.set');
          return (count += by);
        },
        observe: () => {
          const observed = { requests, state: count };
          requests = [];
          return observed;
        },
        save: () => count,
        restore: (world) => {
          count = world as number;
        },
      };
    },
  };
}

const increase = (
  ...faults: string[]
): { method: string; args: []; faults: { operation: string; occurrence: 1; kind: 'down' }[] } => ({
  method: 'increase',
  args: [],
  faults: faults.map((operation) => ({ operation, occurrence: 1, kind: 'down' })),
});
const same = (): string => 'same';

const readsByGet: Divergence = {
  id: 'reads-by-get',
  methods: ['increase'],
  when: ({ requests }) => requests[0]?.operation === 'store.list',
  expect: (reference): Observation => ({
    ...reference,
    requests: reference.requests.map((one, index) =>
      index === 0 ? { ...one, operation: 'store.get' } : one,
    ),
  }),
  mapFault: (fault) => (fault.operation === 'store.list' ? { ...fault, operation: 'store.get' } : fault),
  reason: 'a list is slow',
  since: '0.1.0',
};

describe('a divergence', () => {
  const listing = counter('store.list', 1, same);

  it('lets exactly what it expects pass, faults included', async () => {
    const divergences = [readsByGet];
    const equivalence = createEquivalence({
      reference: listing,
      candidate: counter('store.get', 1, same),
      divergences,
    });

    await assertEquivalent(equivalence, {
      calls: [increase(), increase('store.list'), increase('store.set')],
    });

    expect(findVacuity(equivalence.ledger.coverage, { divergences }, {})).toEqual([]);
  });

  it('excuses nothing else of the calls that it is about', async () => {
    const equivalence = createEquivalence({
      reference: listing,
      candidate: counter('store.get', 2, same),
      divergences: [readsByGet],
    });

    await expect(assertEquivalent(equivalence, { calls: [increase()] })).rejects.toThrow(
      /outcomes\.0\.value/,
    );
  });

  it('fails when nothing exercised it, and when it changes nothing', async () => {
    const idle: Divergence = {
      ...readsByGet,
      id: 'idle',
      when: () => true,
      expect: (reference) => reference,
    };
    const divergences = [{ ...readsByGet, when: () => false }, idle];
    const equivalence = createEquivalence({ reference: listing, candidate: listing, divergences });

    await assertEquivalent(equivalence, { calls: [increase()] });

    expect(findVacuity(equivalence.ledger.coverage, { divergences }, {})).toEqual([
      'No scenario exercised the divergence "reads-by-get". Remove it, or generate what it is about.',
      'The divergence "idle" changes nothing any more. Remove it.',
    ]);
  });

  it("that changes the state lets the rest of the scenario go on in the reference's world", async () => {
    const firstCountsTwice: Divergence = {
      ...readsByGet,
      when: ({ state }) => state === 1,
      expect: (reference) => ({ ...reference, state: 2, outcomes: [{ kind: 'returned', value: 2 }] }),
    };
    const reference = counter(undefined, 1, same);
    const doubling: Implementation = {
      name: 'doubling',
      build: (harness) => {
        const side = reference.build(harness);
        return {
          ...side,
          call: async (method, args) => {
            const count = await side.call(method, args);
            if (count !== 1) return count;
            side.restore?.(2);
            return 2;
          },
        };
      },
    };
    const equivalence = createEquivalence({
      reference,
      candidate: doubling,
      divergences: [firstCountsTwice],
    });

    await assertEquivalent(equivalence, { calls: [increase(), increase(), increase()] });

    expect(equivalence.ledger.coverage.calls).toBe(3);
  });
});

describe('a fault that meets one implementation only', () => {
  it('ends the scenario, and too many of them are a complaint', async () => {
    const equivalence = createEquivalence({
      reference: counter('store.list', 1, same),
      candidate: counter('store.get', 1, same),
    });

    const { isWhole } = await equivalence.run({ calls: [increase('store.list'), increase()] });

    expect(isWhole).toBe(false);
    expect(equivalence.ledger.coverage.calls).toBe(1);
    expect(findVacuity(equivalence.ledger.coverage, {}, {})).toEqual([
      expect.stringMatching(/^1 of 1 faults of store\.list met one implementation only/),
    ]);
  });
});

describe('a rule of normalisation', () => {
  const rule = uuidsByOrder('token', 'requests.*.input.token', 'random');

  it('makes random tokens comparable, and tells equal ones from different ones', async () => {
    const fresh = counter('store.get', 1, () => crypto.randomUUID());
    const constant = crypto.randomUUID();
    const compared = (candidate: Implementation): Promise<void> =>
      assertEquivalent(createEquivalence({ reference: fresh, candidate, normalisations: [rule] }), {
        calls: [increase()],
      });

    await compared(fresh);
    await expect(compared(counter('store.get', 1, () => constant))).rejects.toThrow(
      /requests\.1\.input\.token/,
    );
    await expect(compared(counter('store.get', 1, () => 'no uuid'))).rejects.toThrow(
      /requests\.0\.input\.token/,
    );
  });

  it('fails when it matched nothing', async () => {
    const side = counter('store.get', 1, same);
    const equivalence = createEquivalence({ reference: side, candidate: side, normalisations: [rule] });

    await assertEquivalent(equivalence, { calls: [increase()] });

    expect(findVacuity(equivalence.ledger.coverage, { normalisations: [rule] }, {})).toEqual([
      'The rule "token" matched nothing. Remove it.',
    ]);
  });
});
