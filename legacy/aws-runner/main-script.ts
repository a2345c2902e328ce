import type { GitSettings } from './git-settings.js';
import { trimWhiteSpace } from './trim-white-space.js';

/** What the runner container executes. */
export interface MainScriptOptions {
  readonly requestId: string;
  /** The image as the request names it: empty for the default image. */
  readonly image: string;
  readonly command: string;
  readonly git: GitSettings | undefined;
}

/**
 * The script of the runner container. Every value is spliced in as it is, so the shell reads the command twice: in the
 * header's double quotes, and as the rest of the script.
 */
export function mainScript({ requestId, image, command, git }: MainScriptOptions): string {
  const lines = [
    'set -e',
    '',
    String.raw`printf '### runvoy runner execution started by requestID => %s\n' "${requestId}"`,
    String.raw`printf '### Image ID => %s\n' "${image}"`,
    ...(git === undefined ? [] : gitLines(git)),
    '',
    String.raw`printf '### runvoy command => %s\n' "${command}"`,
    command,
  ];
  return trimWhiteSpace(lines.join('\n'));
}

function gitLines({ workingDirectory, maskedUrl, ref, path }: GitSettings): string[] {
  return [
    `cd ${workingDirectory}`,
    String.raw`printf '### Checked out repo => %s (ref: %s) (path: %s)\n' "${maskedUrl}" "${ref}" "${path}"`,
    String.raw`printf '### Working directory => %s\n' "${workingDirectory}"`,
  ];
}
