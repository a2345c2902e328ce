import { CloudSession } from './cloud-session.js';
import { deploymentEnv, openDeployment } from './deployment.js';
import { runContainers } from './run-containers.js';
import { startWireServer } from './wire/wire-server.js';

/** The model on a port of this machine, its tasks alive, until it is told to end. */
const cloud = openDeployment({ now: () => new Date() });
const containers = runContainers(cloud, { path: process.env['PATH'] ?? '' });
const server = await startWireServer(new CloudSession(cloud));

const env = { ...deploymentEnv, AWS_ENDPOINT_URL: server.url, REFACET_PROVIDER: 'aws' };
for (const [name, value] of Object.entries(env)) process.stdout.write(`export ${name}=${value}\n`);

const end = async (): Promise<void> => {
  await containers.stop();
  await server.close();
};
process.once('SIGINT', () => void end());
process.once('SIGTERM', () => void end());
