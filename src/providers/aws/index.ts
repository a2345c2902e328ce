export { createAwsClients } from './create-aws-clients.js';
export type { AwsClientsOptions } from './create-aws-clients.js';
export { createAwsProvider } from './create-aws-provider.js';
export type { AwsProviderClients, AwsProviderOptions } from './create-aws-provider.js';
export type { Log, LogWrite } from './log.js';
export { openAwsDeployment } from './open-aws-deployment.js';
export type { AwsDeployment } from './open-aws-deployment.js';
export { readAwsConfig } from './read-config.js';
export type { AwsConfig } from './read-config.js';
