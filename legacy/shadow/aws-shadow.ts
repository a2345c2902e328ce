import type { AwsDeployment } from '../../src/providers/aws/index.js';
import type { Log } from '../../src/providers/aws/log.js';
import { sleep } from '../../src/providers/aws/sleep.js';
import { awsParties } from './aws-parties.js';
import type { ShadowSettings } from './read-shadow-settings.js';
import { shadowGate } from './shadow-gate.js';
import { createShadowRunner, type ShadowRunner } from './shadow-runner.js';

/** What a shadow on a deployment is made of. */
export interface AwsShadowOptions {
  readonly deployment: AwsDeployment;
  readonly settings: ShadowSettings;
  readonly now: () => Date;
  /** From 0 to 1, for choosing the calls that are compared. */
  readonly random: () => number;
  readonly log: Log;
}

/** A shadow that has its own words in the server's log. */
export interface AwsShadow extends Pick<ShadowRunner, 'runner'> {
  /** Writes what has been compared so far, and which methods may be switched. */
  logTotals(): void;
}

/** The monolith and the facade on one deployment, compared. Differences are warnings in the log. */
export function createAwsShadow({ deployment, settings, now, random, log }: AwsShadowOptions): AwsShadow {
  const { control, sample, off } = settings;
  const shadow = createShadowRunner({
    world: {
      clients: deployment.clients,
      now,
      log,
      sleep,
    },
    parties: awsParties(deployment),
    ...{ control, sample, random },
    isOn: (method) => !off.has(method),
    publish: (report) => {
      log.warn({ shadow: report }, 'the shadow differs');
    },
  });
  return {
    runner: shadow.runner,
    logTotals: () => {
      const totals = shadow.totals();
      log.info({ control, sample, totals, gate: shadowGate(totals) }, 'shadow so far');
    },
  };
}
