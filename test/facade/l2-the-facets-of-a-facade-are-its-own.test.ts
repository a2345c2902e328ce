import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facetsOf, LegacyRunner } from '../../legacy/index.js';
import type { Runner } from '../../legacy/index.js';
import type { Facets } from '../../src/contracts/index.js';
import { assertProperty } from '../support/assert-property.js';

const slots = ['taskExecutor', 'imageRegistry', 'logAggregator', 'backendObservability'] as const;

/** Facets without behaviour, beside members that no facade should hand on; parts may be shared or missing. */
const facets: fc.Arbitrary<Facets> = fc
  .array(fc.constantFrom(0, 1, 2, 3, undefined), { minLength: 4, maxLength: 4 })
  .map((numbers) => {
    const pool = [{}, {}, {}, {}];
    const parts = slots.map((slot, index) => [slot, pool[numbers[index] ?? pool.length]] as const);
    const members: unknown = { ...Object.fromEntries(parts), users: {}, close: () => undefined };
    return members as Facets;
  });

describe('L2: the facets of a facade are the ones it was made of', () => {
  it('gives back each of the four members itself, and nothing else', async () => {
    await assertProperty(
      'L2',
      500,
      fc.asyncProperty(facets, async (given) => {
        const back = facetsOf(new LegacyRunner(given));

        for (const slot of slots) expect(back[slot]).toBe(given[slot]);
        expect(Reflect.ownKeys(back)).toEqual(slots);
      }),
    );
  });

  it('comes to rest after one round over any runner', async () => {
    await assertProperty(
      'L2 over views',
      100,
      fc.asyncProperty(fc.object(), async (anything) => {
        const views = facetsOf(anything as unknown as Runner);

        const again = facetsOf(new LegacyRunner(views));

        for (const slot of slots) expect(again[slot]).toBe(views[slot]);
        expect(Reflect.ownKeys(views)).toEqual(slots);
      }),
    );
  });

  it('goes through the methods of what only extends the facade', async () => {
    const asked: string[] = [];
    class Counting extends LegacyRunner {
      override killTask(ctx: { requestId?: string }, executionId: string): Promise<void> {
        asked.push(executionId);
        return super.killTask(ctx, executionId);
      }
    }
    const taskExecutor = { killTask: () => Promise.resolve() } as unknown as Facets['taskExecutor'];

    await facetsOf(new Counting({ taskExecutor } as Facets)).taskExecutor.killTask({}, 'task-1');

    expect(asked).toEqual(['task-1']);
  });

  it('gives the same facets for the same runner every time', () => {
    const facade = new LegacyRunner({} as Facets);
    const other = {} as Runner;

    expect(facetsOf(facade)).toBe(facetsOf(facade));
    expect(facetsOf(other)).toBe(facetsOf(other));
    expect(facetsOf({} as Runner)).not.toBe(facetsOf(other));
  });
});
