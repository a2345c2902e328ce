import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import type { Runner } from '../../legacy/runner.js';
import type { RunnerWorld } from '../../legacy/shadow/world.js';
import { get, list, register, start } from '../equivalence/canonical-calls.js';
import { parties, runShadowed } from './shadow-laboratory.js';

const calls = [register('alpine'), list, get('alpine'), get('nope:1'), start('alpine')];
const never = new Promise<never>(() => undefined);
const methods = ['registerImage', 'listImages', 'getImage', 'startTask'] as const;

const everyMethod = (does: () => unknown): Runner =>
  Object.fromEntries(methods.map((method) => [method, does])) as unknown as Runner;

/** Candidates that do everything but what they should. */
const candidates: Readonly<Record<string, (world: RunnerWorld) => Runner>> = {
  'that cannot be made': () => {
    throw new Error('not made');
  },
  'that throws at once': () =>
    everyMethod(() => {
      throw new Error('thrown');
    }),
  'that fails': () => everyMethod(() => Promise.reject(new Error('failed'))),
  'that never ends': () => everyMethod(() => never),
  'that leaves a rejection behind it': () =>
    everyMethod(async () => {
      await Promise.reject(new Error('left behind')).catch(() => undefined);
      return undefined;
    }),
  'that swallows what it is told': (world) => {
    const facade = parties.facade(world);
    return everyMethod(async () => facade.listImages({}).catch(() => []));
  },
};

describe('a candidate', () => {
  it.each(Object.entries(candidates))('%s changes no answer and delays none', async (_name, facade) => {
    const alone = await runShadowed(calls, { isAlone: true });
    const startedAt = performance.now();

    const { ends, requests, state, totals } = await runShadowed(calls, {
      parties: { ...parties, facade },
      deadline: 20,
    });

    expect({ ends, requests, state }).toStrictEqual({
      ends: alone.ends,
      requests: alone.requests,
      state: alone.state,
    });
    const matches = Object.values(totals).reduce((sum, { verdicts }) => sum + (verdicts.match ?? 0), 0);
    expect(matches).toBeLessThan(calls.length);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('that never ends is given up at its deadline, and the next one has its turn', async () => {
    const { totals } = await runShadowed([list, list], {
      parties: { ...parties, facade: candidates['that never ends'] ?? parties.facade },
      deadline: 10,
    });

    expect(totals.listImages?.verdicts).toEqual({ deadline: 2 });
  });
});

describe('a shadow', () => {
  it('drops what it cannot take, and counts it', async () => {
    const { totals } = await runShadowed([list, list], { queueLimit: 0 });

    expect(totals.listImages).toMatchObject({ calls: 2, verdicts: { dropped: 2 } });
  });

  it('keeps no recording that is too large', async () => {
    const { totals } = await runShadowed([register('alpine'), list], { recordingLimit: 200 });

    expect(totals.registerImage?.verdicts).toEqual({ 'too-large': 1 });
  });

  it('compares the sampled share, and no method that is switched off', async () => {
    let turn = 0;
    const options = { sample: 0.5, random: () => (turn++ % 2 === 0 ? 0.1 : 0.9) };

    const { totals } = await runShadowed([list, list, list, list, get('x:1')], {
      ...options,
      isOn: (method) => method !== 'getImage',
    });

    expect(totals.listImages).toMatchObject({ calls: 4, verdicts: { match: 2 } });
    expect(totals.getImage).toMatchObject({ calls: 1, verdicts: {} });
  });

  it('goes on when its publisher, its switch or its dice throw', async () => {
    const broken = (): never => {
      throw new Error('broken');
    };

    const published = await runShadowed([list], {
      parties: { ...parties, facade: () => everyMethod(async () => 'wrong') },
      publish: broken,
    });
    const switched = await runShadowed([list], { isOn: broken });
    const thrown = await runShadowed([list], { random: broken });

    for (const { ends } of [published, switched, thrown]) expect(ends).toEqual([{ value: [] }]);
    expect(published.totals.listImages?.verdicts).toEqual({ difference: 1, broken: 1 });
    expect(switched.totals.listImages?.verdicts).toEqual({});
  });

  it('counts no match for what it has only not been able to compare', async () => {
    const platform = register('alpine', { platform: 'linux/amd64' });

    const { totals } = await runShadowed([platform]);

    expect(totals.registerImage).toMatchObject({
      verdicts: { 'not-comparable': 1 },
      notComparable: { 'oci-platforms': 1 },
      matches: {},
      matchesInARow: 0,
    });
  });
});
