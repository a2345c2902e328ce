import type { AwsCallCase } from './aws-call-cases.js';
import { type AwsCallCost, costOf } from './aws-call-cost.js';
import { awsCallExceptions } from './aws-call-exceptions.js';
import { AwsCallLaboratory, type MeasuredCall } from './aws-call-laboratory.js';

/** One line of the table. */
export interface AwsCallComparison extends Pick<AwsCallCase, 'method' | 'situation' | 'claim'> {
  readonly monolith: AwsCallCost;
  readonly facets: AwsCallCost;
  /** The divergence under which the facets asked more often; `undefined` also when nothing explains it. */
  readonly explainedBy: string | undefined;
}

/** The calls of each case, by the monolith and by the facets, each in a world of its own. */
export async function compareAwsCalls(cases: readonly AwsCallCase[]): Promise<readonly AwsCallComparison[]> {
  const comparisons: AwsCallComparison[] = [];
  for (const { method, situation, claim, prepare, call } of cases) {
    const laboratory = new AwsCallLaboratory();
    const id = (await prepare?.(laboratory)) ?? '';
    const monolith = await laboratory.measure('monolith', (runner) => call(runner, id));
    const facets = await laboratory.measure('facets', (runner) => call(runner, id));
    comparisons.push({
      method,
      situation,
      claim,
      monolith: costOf(monolith.requests),
      facets: costOf(facets.requests),
      explainedBy: explanationOf({ method, monolith, facets }),
    });
  }
  return comparisons;
}

/** Why the facets asked more often, if they did. */
export function explanationOf(call: {
  readonly method: string;
  readonly monolith: MeasuredCall;
  readonly facets: MeasuredCall;
}): string | undefined {
  if (call.facets.requests.length <= call.monolith.requests.length) return undefined;
  return awsCallExceptions.find((exception) => exception.explains(call))?.id;
}
