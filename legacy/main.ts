import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { AppError } from '../src/contracts/index.js';
import { openBackend } from '../src/open-backend.js';
import { readVersion } from '../src/read-version.js';
import { runMain } from '../src/run-main.js';
import { runServer } from '../src/run-server.js';
import { readSettings } from '../src/settings.js';
import { composeLegacyApi } from './compose.js';
import { countRunnerUses } from './count-runner-uses.js';
import { LegacyRunner } from './legacy-runner.js';
import { meteredRunner } from './metered-runner.js';

/** How often the totals of deprecated calls are logged, in milliseconds. */
const hour = 60 * 60 * 1000;

const now = (): Date => new Date();

function checkRunner(runner = ''): void {
  if (runner === '' || runner === 'facade') return;
  throw new AppError(
    'INVALID_REQUEST',
    'The settings cannot be used:\n  RUNNER must be facade: there is no other runner on this machine',
  );
}

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = readSettings(env);
  checkRunner(env['RUNNER']);
  const { provider, logger, notes } = await openBackend(settings, {
    now,
    nextId: () => randomBytes(16).toString('hex'),
    stdout: process.stdout,
  });

  const uses = countRunnerUses();
  const logUses = (): void => logger.info({ uses: uses.totals() }, 'deprecated calls of Runner so far');
  const hourly = setInterval(logUses, hour).unref();
  const runner = meteredRunner(new LegacyRunner(provider), uses.sink, {
    site: 'legacy/api',
    warnings: env['REFACET_DEPRECATION_WARNINGS'] === 'off' ? 'silent' : 'once',
  });

  await runServer({
    ...composeLegacyApi({
      provider,
      runner,
      logger,
      now,
      elapsed: () => performance.now(),
      randomBytes,
      version: readVersion(),
      publicUrl: settings.publicUrl,
    }),
    settings,
    notes,
    process,
  });
  clearInterval(hourly);
  logUses();
}

await runMain(process, () => main(process.env));
