import { run } from '../../codemods/cli/run.js';
import type { Streams } from '../../codemods/cli/streams.js';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command in this process, as if its streams were pipes. */
export async function refacet(workingDirectory: string, ...commandLine: readonly string[]): Promise<Outcome> {
  return refacetWith({}, workingDirectory, ...commandLine);
}

/** The same with other streams: a terminal, answers to questions. */
export async function refacetWith(
  streams: Partial<Streams>,
  workingDirectory: string,
  ...commandLine: readonly string[]
): Promise<Outcome> {
  let out = '';
  let error = '';
  const code = await run(commandLine, {
    workingDirectory,
    out: (text) => (out += text),
    error: (text) => (error += text),
    isTerminal: false,
    ...streams,
  });
  return { code, out, error };
}
