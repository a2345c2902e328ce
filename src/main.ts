import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { createBackendRoutes } from './api/backend-routes.js';
import { composeApi } from './compose-api.js';
import { openBackend } from './open-backend.js';
import { readVersion } from './read-version.js';
import { runMain } from './run-main.js';
import { runServer } from './run-server.js';
import { readSettings } from './settings.js';

const now = (): Date => new Date();

await runMain(process, async () => {
  const settings = readSettings(process.env);
  const { provider, logger, notes } = await openBackend(settings, {
    now,
    nextId: () => randomBytes(16).toString('hex'),
    stdout: process.stdout,
  });
  const api = composeApi(
    {
      provider,
      logger,
      now,
      elapsed: () => performance.now(),
      randomBytes,
      version: readVersion(),
      publicUrl: settings.publicUrl,
    },
    (records) => createBackendRoutes({ ...provider, ...records }),
  );
  await runServer({ ...api, settings, notes, process });
});
