import { execFileSync } from 'node:child_process';

/** IDs of the processes whose whole command matches. */
export function findProcesses(command: RegExp): number[] {
  const listing = execFileSync('ps', ['-eo', 'pid=,args=', '-ww'], {
    maxBuffer: 64 * 1024 * 1024,
  }).toString();
  return listing.split('\n').flatMap((line) => {
    const [, pid, args] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    return pid !== undefined && args !== undefined && command.test(args) ? [Number(pid)] : [];
  });
}
