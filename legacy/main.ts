import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { multistream, pino } from 'pino';
import { AppError } from '../src/contracts/index.js';
import { createLocalProvider } from '../src/providers/local/index.js';
import { runServer } from '../src/run-server.js';
import { readSettings } from '../src/settings.js';
import { composeLegacyApi } from './compose.js';
import { countRunnerUses } from './count-runner-uses.js';
import { LegacyRunner } from './legacy-runner.js';
import { meteredRunner } from './metered-runner.js';

/** How often the totals of deprecated calls are logged, in milliseconds. */
const hour = 60 * 60 * 1000;

const now = (): Date => new Date();
const newHexId = (): string => randomBytes(16).toString('hex');

/** The version in the manifest of the package that this file was built into. */
function readVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

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
  if (settings.provider !== 'local') {
    throw new AppError('INVALID_REQUEST', 'The settings cannot be used:\n  REFACET_PROVIDER must be local');
  }
  const provider = await createLocalProvider({
    stateDirectory: settings.home,
    nextId: newHexId,
    isolation: settings.isolation,
    encryptionKey: settings.encryptionKey,
    killGraceMs: settings.killGraceMs,
    now,
  });
  const { logLevel: level } = settings;
  const logger = pino(
    { level },
    multistream([
      { level, stream: process.stdout },
      { level, stream: provider.backendLog },
    ]),
  );

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
    notes: provider.description,
    process,
  });
  clearInterval(hourly);
  logUses();
}

try {
  await main(process.env);
} catch (error) {
  // What a person can act on is a sentence; anything else is a defect, and its trace is what we need.
  const said =
    error instanceof AppError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${said ?? 'unknown error'}\n`);
  process.exitCode = 1;
}
