import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { createBackendRoutes } from './api/backend-routes.js';
import { composeApi } from './compose-api.js';
import { failureExitCode, failureText } from './failure-text.js';
import { openProvider } from './open-provider.js';
import { readVersion } from './read-version.js';
import { runServer } from './run-server.js';
import { readSettings } from './settings.js';

const now = (): Date => new Date();

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = readSettings(env);
  const { provider, logger, notes } = await openProvider({
    settings,
    env,
    now,
    nextId: () => randomBytes(16).toString('hex'),
    output: process.stdout,
  });
  const options = {
    provider,
    logger,
    now,
    elapsed: () => performance.now(),
    randomBytes,
    version: readVersion(),
    publicUrl: settings.publicUrl,
  };

  await runServer({
    ...composeApi(options, (records) => createBackendRoutes({ ...provider, ...records })),
    settings,
    notes,
    process,
  });
}

try {
  await main(process.env);
} catch (error) {
  process.stderr.write(`${failureText(error)}\n`);
  process.exitCode = failureExitCode(error);
}
