import { awsDivergences } from '../../src/providers/aws/divergences.js';
import { firstDifference } from '../../src/testing/index.js';
import type { Divergence, Observation } from '../../src/testing/index.js';
import type { MockedClients } from '../aws-model/mocked-clients.js';
import { statement } from './statement/statement.js';

/**
 * Every wanted difference of the facade from the monolith, in the order in which they came. Each turns one more row on
 * in the statement, which is played in the same world under the same faults: what it changes is what the row expects.
 */
export const rows: readonly Divergence[] = awsDivergences.map((divergence, position) => {
  const { id, methods, reason, since } = divergence;
  const before = awsDivergences.slice(0, position);
  const upToHere = statement(`the original with ${id}`, [...before.map((one) => one.id), id]);
  return {
    id,
    methods,
    reason,
    since,
    toleratesFaults: true,
    when: () => true,
    expect: async (reference, { method }, _actual, rehearse) => {
      const isFirst = !before.some((one) => (one.methods as readonly string[]).includes(method));
      const wrong = isFirst ? unlikeTheOriginal(reference, await rehearse(original)) : isUnlike(reference);
      return wrong ?? rehearse(upToHere);
    },
  };
});

/** All rows at once: the same expectation for a fraction of the time, where nobody asks which row it was. */
export function allRowsOver(clients?: () => MockedClients): readonly Divergence[] {
  const stated = statement('statement of the original', [], clients?.());
  const expected = statement('statement with every row', everyId, clients?.());
  return [
    {
      id: 'all-rows',
      methods: [...new Set(awsDivergences.flatMap(({ methods }) => methods))],
      toleratesFaults: true,
      when: () => true,
      expect: async (reference, _call, _actual, rehearse) =>
        unlikeTheOriginal(reference, await rehearse(stated)) ?? rehearse(expected),
      reason: 'Every row of the provider, each counted where it is on its own.',
      since: '0.1.0',
    },
  ];
}

const unlike = 'where the statement is unlike the original';
const everyId = awsDivergences.map(({ id }) => id);
const original = statement('statement of the original', []);
/** What the facets are held to. */
export const repaired = statement('statement with every row', everyId);
export const allRows = allRowsOver();

/** Rows stand on a statement of the original. Where that is wrong, nothing that they say is worth anything. */
function unlikeTheOriginal(reference: Observation, stated: Observation): Observation | undefined {
  const difference = firstDifference(reference, stated);
  return difference && { ...stated, state: { [unlike]: difference } };
}

/** What a row before has found to be no statement of the original. */
function isUnlike(expected: Observation): Observation | undefined {
  return Object.hasOwn(expected.state as object, unlike) ? expected : undefined;
}
