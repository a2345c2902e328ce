export { AwsRunner } from './aws-runner.js';
export type { AwsRunnerConfig } from './config.js';
export type { AwsRunnerOptions } from './dependencies.js';
export type { AwsRunnerLogger } from './logger.js';
