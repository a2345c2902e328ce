import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsCallCases } from '../../bench/aws-call-cases.js';
import { awsCallExceptions } from '../../bench/aws-call-exceptions.js';
import { AwsCallLaboratory } from '../../bench/aws-call-laboratory.js';
import { awsCallNotes } from '../../bench/aws-call-notes.js';
import { awsCallsPage } from '../../bench/aws-calls-table.js';
import { compareAwsCalls, explanationOf } from '../../bench/compare-aws-calls.js';
import type { Runner } from '../../legacy/runner.js';
import { awsDivergences } from '../../src/providers/aws/divergences.js';
import { resolveReferences } from '../../src/testing/scenario.js';
import { scenarios } from './scenarios.js';
import { path, seed, soak } from './random-seed.js';
import { worldEvents } from './world-events.js';
import { deployment } from './world-settings.js';

const comparisons = await compareAwsCalls(awsCallCases);

describe('the AWS calls of the facets, beside those of the monolith', () => {
  it.each(comparisons)('are as promised: $method, $situation', ({ claim, monolith, facets, explainedBy }) => {
    if (claim === 'fewer') expect(facets.calls).toBeLessThan(monolith.calls);
    else if (claim === 'no more') expect(facets.calls).toBeLessThanOrEqual(monolith.calls);
    else expect(explainedBy).toBe(claim.more);
  });

  it('are more only under declared divergences, each of which a case shows', () => {
    const declared = awsDivergences.map(({ id }) => id);
    const shown = comparisons.map(({ explainedBy }) => explainedBy).filter((id) => id !== undefined);

    expect(declared).toEqual(expect.arrayContaining(awsCallExceptions.map(({ id }) => id)));
    expect([...new Set(shown)].sort()).toEqual(awsCallExceptions.map(({ id }) => id).sort());
  });

  it('are as many as before wherever it is said what they are for now', () => {
    const equal = comparisons
      .filter(
        ({ monolith, facets }) =>
          monolith.calls === facets.calls && monolith.operations !== facets.operations,
      )
      .map(({ method, situation }) => `${method}, ${situation}`);

    expect(equal).toEqual(
      expect.arrayContaining(awsCallNotes.map(({ method, situation }) => `${method}, ${situation}`)),
    );
  });

  it('are no more in random scenarios either, but for what is declared', async () => {
    const property = fc.asyncProperty(scenarios, async ({ calls }) => {
      expect(await unexplained(calls)).toEqual([]);
    });

    await fc.assert(property, { seed, numRuns: 200 * soak, ...(path !== undefined && { path }) });
  }, 120_000);

  it('are in step with their page: run this file with -u to write it anew', async () => {
    await expect(awsCallsPage(comparisons)).toMatchFileSnapshot('../../docs/reference/aws-calls.md');
  });
});

/** Calls for which the facets asked more often, and nothing declared says why. Faults are left out. */
async function unexplained(
  calls: readonly { readonly method: string; readonly args: readonly unknown[] }[],
): Promise<readonly object[]> {
  const laboratory = new AwsCallLaboratory();
  const started: unknown[] = [];
  const found: object[] = [];
  for (const { method, args } of calls) {
    const resolved = args.map((argument) =>
      resolveReferences(argument, (pool) =>
        pool.startsWith('result:') ? started : poolOf(laboratory, pool),
      ),
    );
    const happen = worldEvents[method] as ((...args: readonly unknown[]) => void) | undefined;
    if (happen) {
      laboratory.change((cloud) => happen(cloud, ...resolved));
      continue;
    }
    const [ctx, ...others] = resolved;
    const { requestId } = ctx as { readonly requestId?: string };
    const call = (runner: Runner): Promise<unknown> =>
      (runner as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)[method]?.(
        { requestId },
        ...others,
      ) ?? Promise.reject(new Error(`There is no method ${method}.`));
    const facets = await laboratory.measure('facets', call);
    const monolith = await laboratory.go(call);
    if (method === 'startTask' && monolith.value)
      started.push((monolith.value as { readonly executionId: string }).executionId);
    const isMore = facets.requests.length > monolith.requests.length;
    if (isMore && explanationOf({ method, monolith, facets }) === undefined)
      found.push({
        method,
        resolved,
        monolith: monolith.requests.map(({ operation }) => operation),
        facets: facets.requests.map(({ operation }) => operation),
      });
  }
  return found;
}

function poolOf({ state }: AwsCallLaboratory, name: string): readonly unknown[] {
  if (name === 'tasks') return [...state.ecs.tasks.values()].map(({ id }) => id);
  const rows = [...(state.dynamodb.tables.get(deployment.imagesTable)?.items.values() ?? [])];
  const attribute = name === 'imageIds' ? 'image_id' : 'image';
  return rows.flatMap((row) => row[attribute]?.S ?? []).sort();
}
