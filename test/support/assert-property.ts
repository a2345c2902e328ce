import fc from 'fast-check';

/** Time for all cases of a property; below vitest's own limit, so that the report with the seed is what one sees. */
const timeLimit = 25_000;

/**
 * Checks a property so that a failure can be repeated: the seed is printed before the first case, `FC_SEED` and
 * `FC_PATH` replay one, `FC_RUNS` multiplies the number of cases. Being interrupted is a failure.
 */
export async function assertProperty<Values extends unknown[]>(
  name: string,
  runs: number,
  property: fc.IAsyncProperty<Values>,
): Promise<void> {
  const factor = Number(process.env['FC_RUNS'] ?? 1);
  const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2_147_483_648);
  const path = process.env['FC_PATH'];
  const numRuns = runs * factor;
  process.stdout.write(`${name}: FC_SEED=${seed}, ${numRuns} cases\n`);

  const details = await fc.check(property, {
    seed,
    numRuns,
    ...(path === undefined ? {} : { path, endOnFailure: true }),
    plugins: [fc.interruptAfterTimeLimit(timeLimit * factor, { failOnInterrupt: true })],
  });

  if (details.failed) {
    const replay = `FC_SEED=${details.seed} FC_PATH=${details.counterexamplePath ?? ''}`;
    throw new Error(`${name} does not hold (${replay})\n${fc.defaultReportMessage(details)}`, {
      cause: details.errorInstance,
    });
  }
  if (path === undefined && details.numRuns !== numRuns) {
    throw new Error(`${name} was tried on ${details.numRuns} cases instead of ${numRuns}`);
  }
}
