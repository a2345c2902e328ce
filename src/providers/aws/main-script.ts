import type { GitCheckout } from './git-checkout.js';
import { shellQuote } from './shell-quote.js';
import { trimWhiteSpace } from './trim-white-space.js';

/** What the runner container executes. */
export interface MainScriptOptions {
  readonly requestId: string;
  /** ID of the image that the task runs on. */
  readonly imageId: string;
  readonly command: string;
  readonly git: GitCheckout | undefined;
}

/**
 * The script of the runner container: a header whose every value is quoted, then the command itself, as the rest of the
 * script. The shell reads the command once, under `set -e`.
 */
export function mainScript({ requestId, imageId, command, git }: MainScriptOptions): string {
  const lines = [
    'set -e',
    '',
    say('runvoy runner execution started by requestID => %s', requestId),
    say('Image ID => %s', imageId),
    ...(git === undefined ? [] : gitLines(git)),
    '',
    say('runvoy command => %s', command),
    command,
  ];
  return trimWhiteSpace(lines.join('\n'));
}

function gitLines({ workingDirectory, maskedUrl, ref, path }: GitCheckout): string[] {
  return [
    `cd ${shellQuote(workingDirectory)}`,
    say('Checked out repo => %s (ref: %s) (path: %s)', maskedUrl, ref, path),
    say('Working directory => %s', workingDirectory),
  ];
}

function say(format: string, ...values: readonly string[]): string {
  return [String.raw`printf '### ${format}\n'`, ...values.map(shellQuote)].join(' ');
}
