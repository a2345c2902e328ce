import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeLegacyApi } from '../../legacy/compose.js';
import { starter } from '../http/harness.js';
import { serve } from '../http/serve.js';
import { composeMigratedApi } from '../http/start-migrated.js';
import { assertProperty } from '../support/assert-property.js';
import { bytesInOrder } from './bytes-in-order.js';
import { aWholeDay } from './a-whole-day.js';
import { type Fault, type FaultStep, faults, type Step, step } from './step.js';
import { callsOf, takeStep } from './take-step.js';

const startExisting = starter(serve(composeLegacyApi, bytesInOrder));
const startMigrated = starter(serve(composeMigratedApi, bytesInOrder));

/** Takes the same steps on both APIs. Resolves to the statuses that both answered with, and the calls that both made. */
async function compare(steps: readonly Step[]): Promise<{
  readonly statuses: readonly number[];
  readonly calls: ReturnType<typeof callsOf>;
}> {
  const [existing, migrated] = await Promise.all([startExisting(), startMigrated()]);
  try {
    for (const api of [existing, migrated]) await api.addSecret({ name: 'planted' });
    const statuses: number[] = [];
    for (const one of steps) {
      const [before, after] = await Promise.all([takeStep(existing, one), takeStep(migrated, one)]);
      expect(after).toEqual(before);
      if (after !== undefined) statuses.push(after.status);
    }
    // What no answer tells: that both did the same to the backend and to the records.
    const calls = callsOf(existing);
    expect(callsOf(migrated)).toEqual(calls);
    return { statuses, calls };
  } finally {
    await Promise.all([existing.stop(), migrated.stop()]);
  }
}

describe('the existing and the migrated API give the same answers to the same requests, and do the same for them', () => {
  it('on a day without failures', async () => {
    const { statuses, calls } = await compare(aWholeDay);

    expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(10);
    for (const [part, method] of faults) expect(calls[`${part}.${method}`], method).not.toEqual([]);
  });

  it.each(
    faults.flatMap((at) =>
      (['classified', 'unavailable', 'unclassified'] as const).map((how): [Fault, FaultStep['how']] => [
        at,
        how,
      ]),
    ),
  )('on a day on which %j fails once: %s', async (at, how) => {
    const { calls } = await compare([{ kind: 'fault', at, how }, ...aWholeDay]);

    expect(calls[at.join('.')], 'what fails was called').not.toEqual([]);
  });

  it('on any day', async () => {
    await assertProperty(
      'both APIs',
      40,
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }), async (steps) => {
        await compare(steps);
      }),
    );
  });
});
