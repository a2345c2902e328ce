import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type Facets } from '../src/contracts/index.js';
import type { AwsDeployment } from '../src/providers/aws/index.js';
import { AwsRunner, type AwsRunnerLogger } from './aws-runner/index.js';
import { LegacyRunner } from './legacy-runner.js';
import type { Runner } from './runner.js';

/** What a runner can be made of. */
export interface RunnerParts {
  /** The facets of the provider. */
  readonly facets: Facets;
  readonly now: () => Date;
  readonly logger: AwsRunnerLogger;
  /** Makes the runner that compares the two others. */
  readonly shadowOn: (deployment: AwsDeployment) => Runner;
}

/** A runner that the existing API can be served with. */
type RunnerChoice =
  | { readonly on: 'any provider'; make(parts: RunnerParts): Runner }
  | { readonly on: 'aws'; make(parts: RunnerParts, deployment: AwsDeployment): Runner };

/** What `RUNNER` may be; everything that is said about it is derived from here. */
const choices = {
  facade: { on: 'any provider', make: ({ facets }) => new LegacyRunner(facets) },
  monolith: {
    on: 'aws',
    make: ({ now, logger }, { config, clients, region, accountId }) =>
      new AwsRunner({
        ...clients,
        config: { ...config, region, accountId },
        now,
        logger,
        sleep: (milliseconds) => sleep(milliseconds),
      }),
  },
  shadow: { on: 'aws', make: ({ shadowOn }, deployment) => shadowOn(deployment) },
} as const satisfies Record<string, RunnerChoice>;

/** Makes the runner that was chosen, once the provider is open. */
export type MakeRunner = (parts: RunnerParts, deployment: AwsDeployment | undefined) => Runner;

/**
 * Checks the choice before anything is opened; empty is the facade.
 *
 * @throws AppError `INVALID_REQUEST` for a runner that there is not, or not on this provider, with what to do.
 */
export function chooseRunner(name: string | undefined, provider: 'local' | 'aws'): MakeRunner {
  const wanted = name === undefined || name === '' ? 'facade' : name;
  const choice: RunnerChoice | undefined = new Map<string, RunnerChoice>(Object.entries(choices)).get(wanted);
  if (choice === undefined) throw unusable(`RUNNER must be one of: ${Object.keys(choices).join(', ')}`);
  if (choice.on === 'any provider') return (parts) => choice.make(parts);
  const advice = `RUNNER=${wanted} runs on AWS only: set REFACET_PROVIDER=aws, or RUNNER=facade`;
  if (provider !== 'aws') throw unusable(advice);
  return (parts, deployment) => {
    if (deployment === undefined) throw unusable(advice);
    return choice.make(parts, deployment);
  };
}

function unusable(problem: string): AppError {
  return new AppError('INVALID_REQUEST', `The settings cannot be used:\n  ${problem}`);
}
