import { describe, expect, it } from 'vitest';
import type { AwsDeployment } from '../src/providers/aws/index.js';
import { AwsRunner } from './aws-runner/index.js';
import { type RunnerParts, chooseRunner } from './choose-runner.js';
import { LegacyRunner } from './legacy-runner.js';

const shadow = {};
const parts = {
  facets: { taskExecutor: {}, imageRegistry: {}, logAggregator: {}, backendObservability: {} },
  now: () => new Date(0),
  logger: { info: () => undefined, warn: () => undefined },
  shadowOn: () => shadow,
} as unknown as RunnerParts;
const deployment = {
  config: {},
  clients: {},
  region: 'us-east-1',
  accountId: '123456789012',
} as unknown as AwsDeployment;

describe('the runner that the existing API calls', () => {
  it.each([undefined, '', 'facade'])('is the facade on any provider for %j', (name) => {
    expect(chooseRunner(name, 'local')(parts, undefined)).toBeInstanceOf(LegacyRunner);
    expect(chooseRunner(name, 'aws')(parts, deployment)).toBeInstanceOf(LegacyRunner);
  });

  it('is the monolith on AWS', () => {
    expect(chooseRunner('monolith', 'aws')(parts, deployment)).toBeInstanceOf(AwsRunner);
  });

  it('is the one that compares both on AWS', () => {
    expect(chooseRunner('shadow', 'aws')(parts, deployment)).toBe(shadow);
    expect(() => chooseRunner('shadow', 'local')).toThrow('RUNNER=shadow runs on AWS only');
  });

  it('cannot be the monolith on this machine, which is said with what to do', () => {
    expect(() => chooseRunner('monolith', 'local')).toThrow(
      'RUNNER=monolith runs on AWS only: set REFACET_PROVIDER=aws, or RUNNER=facade',
    );
  });

  it.each(['imaginary', 'toString'])('cannot be %s, which is said with what there is', (name) => {
    expect(() => chooseRunner(name, 'aws')).toThrow('RUNNER must be one of: facade, monolith, shadow');
  });
});
