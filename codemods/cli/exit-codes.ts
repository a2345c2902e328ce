/** Every exit code of every command, with what it means. `--help` shows them. */
export const exitCodes = {
  done: { code: 0, meaning: 'nothing is left' },
  left: { code: 1, meaning: 'something is left for a person' },
  usage: { code: 2, meaning: 'wrong usage or configuration' },
  refused: { code: 3, meaning: 'refused, or an internal error; nothing was written' },
  interrupted: { code: 130, meaning: 'interrupted' },
} as const;

/** The table as `--help` shows it. */
export function exitCodeHelp(): string {
  const lines = Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padEnd(4)}${meaning}`);
  return `\nExit codes:\n${lines.join('\n')}\n`;
}
