import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { failureExitCode, failureText } from '../src/failure-text.js';
import { openProvider } from '../src/open-provider.js';
import { readVersion } from '../src/read-version.js';
import { runServer } from '../src/run-server.js';
import { readSettings } from '../src/settings.js';
import { chooseRunner } from './choose-runner.js';
import { composeLegacyApi } from './compose.js';
import { countRunnerUses } from './count-runner-uses.js';
import { meteredRunner } from './metered-runner.js';

/** How often the totals of deprecated calls are logged, in milliseconds. */
const hour = 60 * 60 * 1000;

const now = (): Date => new Date();
const newHexId = (): string => randomBytes(16).toString('hex');

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = readSettings(env);
  const makeRunner = chooseRunner(env['RUNNER'], settings.provider);
  const { provider, logger, notes, deployment } = await openProvider({
    settings,
    env,
    now,
    nextId: newHexId,
    output: process.stdout,
  });

  const uses = countRunnerUses();
  const logUses = (): void => logger.info({ uses: uses.totals() }, 'deprecated calls of Runner so far');
  const hourly = setInterval(logUses, hour).unref();
  const runner = meteredRunner(makeRunner({ facets: provider, now, logger }, deployment), uses.sink, {
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

try {
  await main(process.env);
} catch (error) {
  process.stderr.write(`${failureText(error)}\n`);
  process.exitCode = failureExitCode(error);
}
