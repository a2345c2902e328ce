/** What is mutated, and which tests may kill it. */
export interface MutationTarget {
  readonly mutate: readonly string[];
  readonly without: readonly string[];
  readonly tests: readonly string[];
  /** Least score in percent. */
  readonly goal: number;
}

/** Where a run leaves what it finds, from the project's root; not kept in the repository. */
export const reportFolder = '.mutation';

/** The options of Stryker for a target, or for some files of it. */
export function strykerOptions(name: string, target: MutationTarget, files: readonly string[]): object {
  const mutate = files.length > 0 ? files : target.mutate;
  return {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'test/mutation/vitest.config.ts' },
    mutate: [...mutate, ...target.without.map((pattern) => `!${pattern}`)],
    coverageAnalysis: 'perTest',
    // Two cores are the machine that we promise to be testable on; the reports of two would not be the same otherwise.
    concurrency: 1,
    incremental: true,
    incrementalFile: `${reportFolder}/${name}.incremental.json`,
    // Mutants that loop are told from those that are slow: a run of all the tests takes less.
    timeoutMS: 20_000,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: `${reportFolder}/${name}.json` },
    ignorePatterns: ['dist', 'docs', 'codemods', 'coverage', 'bench', 'test/fixtures', 'test/codemods'],
    allowConsoleColors: false,
  };
}
