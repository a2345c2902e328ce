import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertEquivalent } from './assert-equivalent.js';
import { readCorpus } from './corpus.js';
import { createEquivalence } from './equivalence.js';
import type { Implementation } from './implementation.js';
import { minimise } from './minimise.js';
import { ref } from './scenario.js';
import type { Scenario } from './scenario.js';
import { sourceText } from './source-text.js';

/** Fails from the second `push` on, if it is the candidate. */
const list = (isBroken: boolean): Implementation => ({
  name: isBroken ? 'candidate' : 'reference',
  build: () => {
    const items: unknown[] = [];
    return {
      call: async (method, [item]) => {
        if (method === 'push') items.push(isBroken && items.length > 0 ? 'lost' : item);
        return items.length;
      },
      observe: () => ({ state: [...items] }),
    };
  },
});

const scenario: Scenario = {
  calls: [
    { method: 'size', args: [] },
    { method: 'push', args: [{ name: "it's", tag: undefined }] },
    { method: 'size', args: [], faults: [{ operation: 'store.get', occurrence: 1, kind: 'down' }] },
    { method: 'push', args: [ref('result:size', 3, 'none')] },
    { method: 'size', args: [] },
  ],
};

describe('a failing scenario', () => {
  const equivalence = createEquivalence({ reference: list(false), candidate: list(true) });
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refacet-corpus-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is printed as a test that can be pasted, as small as it gets', async () => {
    await expect(assertEquivalent(equivalence, scenario)).rejects.toThrow(
      [
        `it('candidate does as reference: push, push', async () => {`,
        `  await assertEquivalent(equivalence, {`,
        `    calls: [`,
        `      { method: 'push', args: [{ name: 'it\\'s', tag: undefined }] },`,
        `      { method: 'push', args: [ref('result:size', 3, 'none')] },`,
        `    ],`,
        `  });`,
        `});`,
      ].join('\n'),
    );
  });

  it('is kept as data, and comes back as it was', async () => {
    await expect(assertEquivalent(equivalence, scenario, { corpus: folder })).rejects.toThrow(
      /kept in .*\.json/,
    );

    const kept = await readCorpus(folder);

    expect(kept.map((entry) => entry.scenario)).toStrictEqual([
      { calls: [scenario.calls[1], scenario.calls[3]] },
    ]);
    await expect(readCorpus(join(folder, 'none'))).resolves.toEqual([]);
  });
});

describe('minimise', () => {
  it('leaves out calls, faults, concurrency and decisions that are not needed', async () => {
    const [call, fault] = [
      { method: 'a', args: [] },
      { operation: 'x', occurrence: 1, kind: 'down' },
    ];
    const big: Scenario = {
      calls: [call, { ...call, method: 'b', faults: [fault, { ...fault, kind: 'slow' }] }, call],
      together: [call, { ...call, faults: [fault] }],
      decisions: [1, 2, 3],
    };

    const bySlowFault = await minimise(big, async ({ calls }) =>
      calls.some(({ faults }) => faults?.some(({ kind }) => kind === 'slow')),
    );
    const bySecondDecision = await minimise(big, async ({ decisions }) => decisions?.[1] === 2);

    expect(bySlowFault).toEqual({ calls: [{ method: 'b', args: [], faults: [{ ...fault, kind: 'slow' }] }] });
    expect(bySecondDecision).toEqual({ calls: [], together: [], decisions: [0, 2] });
  });
});

describe('sourceText', () => {
  it.each([
    [{ a: [1, 'x', undefined, null, true] }, "{ a: [1, 'x', undefined, null, true] }"],
    [new Date(0), "new Date('1970-01-01T00:00:00.000Z')"],
    ['line\nend "quoted"', `'line\\nend "quoted"'`],
    [{ 'a-b': -0 }, "{ 'a-b': -0 }"],
  ])('writes %j as code', (value, text) => {
    expect(sourceText(value)).toBe(text);
  });
});
