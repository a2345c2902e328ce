import { AppError } from './contracts/index.js';

/** The part of `process` that a main program ends with. */
export interface MainProcess {
  readonly stderr: { write(text: string): unknown };
  exitCode?: number | string | null | undefined;
}

/** Runs a main program. A failure goes to standard error, and the process ends with 1. */
export async function runMain(process: MainProcess, main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    // What a person can act on is a sentence; anything else is a defect, and its trace is what we need.
    const said =
      error instanceof AppError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${said ?? 'unknown error'}\n`);
    process.exitCode = 1;
  }
}
