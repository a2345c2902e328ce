export { facetsOf, LegacyRunner } from './legacy-runner.js';
export { meteredRunner } from './metered-runner.js';
export type { MeteredRunnerOptions, RunnerUse, RunnerUseSink } from './metered-runner.js';
export type { Runner } from './runner.js';
