import type * as FastCheck from 'fast-check';
import type { Call, Scenario } from './scenario.js';

/** The parts of fast-check that make scenarios: handed in, so that the kit works without it. */
export type ScenarioArbitraries = Pick<typeof FastCheck, 'array' | 'record' | 'nat'>;

/** What scenarios are made of. */
export interface ScenarioArbitraryOptions {
  readonly calls: FastCheck.Arbitrary<Call>;
  readonly most: number;
  /** What may happen at the same time, after the calls; absent means nothing does. */
  readonly together?: FastCheck.Arbitrary<readonly Call[]> | undefined;
}

/** Scenarios as plain arrays of calls, long ones as likely as short ones. */
export function scenarioArbitrary(
  fastCheck: ScenarioArbitraries,
  { calls, most, together }: ScenarioArbitraryOptions,
): FastCheck.Arbitrary<Scenario> {
  const sequence = fastCheck.array(calls, { minLength: 1, maxLength: most, size: 'max' });
  if (!together) return fastCheck.record({ calls: sequence });
  return fastCheck.record({
    calls: sequence,
    together,
    decisions: fastCheck.array(fastCheck.nat(5), { maxLength: 40, size: 'max' }),
  });
}
