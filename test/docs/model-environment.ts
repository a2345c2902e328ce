import { CloudSession } from '../aws-model/cloud-session.js';
import { deploymentEnv, openDeployment } from '../aws-model/deployment.js';
import { runContainers } from '../aws-model/run-containers.js';
import { startWireServer } from '../aws-model/wire/wire-server.js';

/** What the reader of a page has in their environment. */
export interface ReaderEnvironment {
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A deployment on AWS, which the model stands in for, for the page that is about one; nothing for every other page. */
export async function openReaderEnvironment(path: string): Promise<ReaderEnvironment> {
  if (!path.endsWith('aws-provider.md')) return { env: {}, close: async () => undefined };
  const cloud = openDeployment({ now: () => new Date() });
  const containers = runContainers(cloud, { path: process.env['PATH'] ?? '' });
  const server = await startWireServer(new CloudSession(cloud));
  return {
    env: { ...deploymentEnv, AWS_ENDPOINT_URL: server.url },
    close: async () => {
      await containers.stop();
      await server.close();
    },
  };
}
