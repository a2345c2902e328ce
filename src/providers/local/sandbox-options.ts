import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** What a sandbox is put around. */
export interface SandboxPlace {
  /** The task's own directory. */
  readonly files: string;
  readonly stateDirectory: string;
  readonly homeDirectory: string;
  /** What the task sees as `/tmp`. Default: `tmp` in its own directory, so that it takes disk and not memory. */
  readonly temporary?: string | undefined;
}

/** Homes that are no homes: daemons live in them, and covering them would take the system away. */
const systemDirectories = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/etc',
  '/dev',
  '/proc',
  '/sys',
];

/**
 * Options of `bwrap`, up to the command. Neither `--new-session` nor `--die-with-parent`: with them a task cannot be
 * told to end, or ends with whatever started it.
 */
export function sandboxOptions({
  files,
  stateDirectory,
  homeDirectory,
  temporary = join(files, 'tmp'),
}: SandboxPlace): string[] {
  const covered = ['/run', '/var/run', homeDirectory, stateDirectory].filter(isWorthCovering).map(toRealPath);
  const covers = [...new Set(covered)].filter(isWorthCovering);
  const own = toRealPath(files);
  return [
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts'],
    // Root would keep its capabilities, and with them the means to take the sandbox apart.
    ...['--cap-drop', 'ALL'],
    ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
    ...['--bind', toRealPath(temporary), '/tmp'],
    ...covers.flatMap((directory) => ['--tmpfs', directory]),
    ...findResolverFiles(covers),
    ...['--bind', own, own],
    // Empty, and staying so: what is written there would fill the memory.
    ...covers.flatMap((directory) => ['--remount-ro', directory]),
  ];
}

function isWorthCovering(directory: string): boolean {
  if (!directory.startsWith('/') || directory === '/' || !existsSync(directory)) return false;
  return !systemDirectories.some((system) => directory === system || directory.startsWith(`${system}/`));
}

/** The network stays, so names must still be found: the resolver's configuration is often a link into `/run`. */
function findResolverFiles(covers: readonly string[]): string[] {
  return ['/etc/resolv.conf', '/etc/hosts']
    .filter((file) => existsSync(file))
    .map(toRealPath)
    .filter((file) => covers.some((directory) => file.startsWith(`${directory}/`)))
    .flatMap((file) => ['--ro-bind', file, file]);
}

function toRealPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
