import { execFile } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';

import { AppError } from '../../contracts/index.js';
import { sandboxOptions } from './sandbox-options.js';
import type { SandboxPlace } from './sandbox-options.js';

/** How tasks are kept apart: `auto` takes the sandbox where it works. */
export type IsolationMode = 'auto' | 'bubblewrap' | 'none';

/** What was found out about isolation on this machine. */
export interface Isolation {
  readonly kind: 'bubblewrap' | 'none';
  /** One sentence for the start banner. */
  readonly description: string;
  /** Program and options that put a command into a sandbox with `files` as its own; absent without isolation. */
  readonly sandboxFor?: ((files: string) => { program: string; options: string[] }) | undefined;
}

/** What isolation depends on. */
export interface ProbeIsolationOptions {
  readonly mode: IsolationMode;
  /** Covered in the sandbox, with all that is in it. */
  readonly stateDirectory: string;
  /** Directories to look for `bwrap` in, as in `PATH`. */
  readonly path: string;
  /** Covered in the sandbox. Default: the home of the user that this process runs as. */
  readonly homeDirectory?: string | undefined;
  /** Default: this machine's. */
  readonly platform?: NodeJS.Platform | undefined;
}

const probeTimeoutMs = 10_000;

/**
 * Finds out how tasks can be isolated, by doing it: that `bwrap` is installed does not mean that the system lets it work.
 *
 * @throws AppError `SERVICE_UNAVAILABLE` when the sandbox is asked for and does not work, or where tasks cannot run at all.
 */
export async function probeIsolation({
  mode,
  stateDirectory,
  path,
  homeDirectory = findHome(),
  platform = process.platform,
}: ProbeIsolationOptions): Promise<Isolation> {
  if (platform !== 'linux' && platform !== 'darwin') {
    throw new AppError(
      'SERVICE_UNAVAILABLE',
      `the local provider runs on Linux and macOS, not on ${platform}`,
    );
  }
  if (mode === 'none') return withoutIsolation('REFACET_ISOLATION is none');
  const reason = await findObstacle({ path, platform, stateDirectory, homeDirectory });
  if (typeof reason === 'string') {
    if (mode === 'auto') return withoutIsolation(reason);
    throw new AppError(
      'SERVICE_UNAVAILABLE',
      `REFACET_ISOLATION is bubblewrap, but ${reason}: repair that, or set it to auto or none`,
    );
  }
  const { program } = reason;
  return {
    kind: 'bubblewrap',
    description:
      'Isolation: each task runs in a bubblewrap sandbox of its own, sees this machine read-only and without /run, ' +
      'the state directory and the home of this user, and shares the network.',
    sandboxFor: (files) => ({ program, options: sandboxOptions({ files, stateDirectory, homeDirectory }) }),
  };
}

const withoutIsolation = (reason: string): Isolation => ({
  kind: 'none',
  description:
    `Isolation: none (${reason}); a task can read and change whatever this user can, ` +
    'the state directory and the environment of this server included.',
});

/** Why there can be no sandbox, or the program that makes one. */
async function findObstacle({
  path,
  platform,
  stateDirectory,
  homeDirectory,
}: Omit<SandboxPlace, 'files'> & { readonly path: string; readonly platform: NodeJS.Platform }): Promise<
  string | { readonly program: string }
> {
  if (platform !== 'linux') return 'bubblewrap exists for Linux only';
  const program = findExecutable('bwrap', path);
  if (program === undefined) return 'bubblewrap is not installed';
  const files = mkdtempSync(join(stateDirectory, 'isolation-probe-'));
  try {
    const options = sandboxOptions({ files, stateDirectory, homeDirectory, temporary: files });
    const failure = await run(program, [
      ...options,
      '--chdir',
      files,
      '--',
      '/bin/sh',
      '-c',
      'echo > written',
    ]);
    return failure === undefined ? { program } : `bubblewrap does not work here (${failure})`;
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
}

function run(program: string, programArguments: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, programArguments, { env: {}, timeout: probeTimeoutMs }, (error, _stdout, stderr) =>
      resolve(error === null ? undefined : stderr.trim().split('\n')[0] || error.message),
    );
  });
}

function findExecutable(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** From the user database: `HOME` may point anywhere. */
function findHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    // A user ID without an entry, as in many containers.
    return homedir();
  }
}
