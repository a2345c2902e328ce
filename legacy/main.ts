import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { failureExitCode, failureText } from '../src/failure-text.js';
import { openProvider } from '../src/open-provider.js';
import { readVersion } from '../src/read-version.js';
import { runServer } from '../src/run-server.js';
import { readSettings } from '../src/settings.js';
import { chooseRunner, type RunnerParts } from './choose-runner.js';
import { composeLegacyApi } from './compose.js';
import { countRunnerUses } from './count-runner-uses.js';
import { meteredRunner } from './metered-runner.js';
import { type AwsShadow, createAwsShadow } from './shadow/aws-shadow.js';
import { readShadowSettings } from './shadow/read-shadow-settings.js';

/** How often the totals of deprecated calls are logged, in milliseconds. */
const hour = 60 * 60 * 1000;

const now = (): Date => new Date();
const newHexId = (): string => randomBytes(16).toString('hex');

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = readSettings(env);
  const shadowSettings = readShadowSettings(env);
  const makeRunner = chooseRunner(env['RUNNER'], settings.provider);
  const { provider, logger, notes, deployment } = await openProvider({
    settings,
    env,
    now,
    nextId: newHexId,
    output: process.stdout,
  });

  let shadow: AwsShadow | undefined;
  const parts: RunnerParts = {
    facets: provider,
    now,
    logger,
    shadowOn: (on) => {
      const settings = shadowSettings;
      shadow = createAwsShadow({ deployment: on, settings, now, random: Math.random, log: logger });
      return shadow.runner;
    },
  };
  const uses = countRunnerUses();
  const logTotals = (): void => {
    logger.info({ uses: uses.totals() }, 'deprecated calls of Runner so far');
    shadow?.logTotals();
  };
  const hourly = setInterval(logTotals, hour).unref();
  const runner = meteredRunner(makeRunner(parts, deployment), uses.sink, {
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
  logTotals();
}

try {
  await main(process.env);
} catch (error) {
  process.stderr.write(`${failureText(error)}\n`);
  process.exitCode = failureExitCode(error);
}
