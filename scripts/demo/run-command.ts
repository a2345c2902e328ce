import { spawn } from 'node:child_process';

export interface DemoCommand {
  /** What a reader would type. */
  readonly shown: string;
  readonly program: string;
  readonly parameters: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a command printed, and whether it ended with 0. */
export interface CommandOutcome {
  readonly shown: string;
  readonly printed: string;
  readonly isGood: boolean;
}

/** Runs a command to its end. */
export async function runCommand(command: DemoCommand): Promise<CommandOutcome> {
  const { shown, program, parameters, folder, env } = command;
  const child = spawn(program, parameters, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { shown, printed: printed.trim(), isGood: code === 0 };
}

/** Shows a command and what it printed, indented. */
export function describeOutcome(
  { shown, printed, isGood }: CommandOutcome,
  style: (text: string) => string,
): string {
  const silent = isGood ? '(nothing to say)' : '(failed without a word)';
  const lines = (printed === '' ? silent : printed).split('\n');
  return [style(`$ ${shown}`), ...lines].map((line) => `${line === '' ? '' : `   ${line}`}\n`).join('');
}
