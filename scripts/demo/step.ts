/** One thing that the demonstration shows. */
export interface Step {
  readonly title: string;
  /** Shows it, and says whether it went well. */
  run(): Promise<boolean>;
}

/** Where a demonstration is shown. */
export interface Stage {
  readonly write: (text: string) => void;
  readonly title: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

/** Shows the steps in their order, up to the first that fails. Resolves to the exit code. */
export async function showSteps(
  steps: readonly Step[],
  { write, title, good, bad }: Stage,
  elapsed: () => number,
): Promise<0 | 1> {
  const start = elapsed();
  const seconds = (): string => `${((elapsed() - start) / 1000).toFixed(0)} s`;
  for (const [index, step] of steps.entries()) {
    write(`\n${title(`${index + 1}. ${step.title}`)}\n\n`);
    if (await step.run()) continue;
    write(`\n${bad(`Step ${index + 1} failed after ${seconds()}.`)}\n`);
    return 1;
  }
  write(`\n${good(`All ${steps.length} steps went well, in ${seconds()}.`)}\n`);
  return 0;
}
