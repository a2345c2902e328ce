import { execFile } from 'node:child_process';

import { findProcessStartTime } from './task-supervisor.js';

/** The start time of a process, `undefined` when there is none. */
export type FindStartTime = (pid: number) => string | undefined;

/** Looks at many processes at once: where there is no `/proc`, asking for each would start a program for each. */
export async function findStartTimes(pids: readonly number[]): Promise<FindStartTime> {
  if (process.platform === 'linux' || pids.length === 0) return findProcessStartTime;
  const listing = await listProcesses(pids);
  // A process that is missing may be younger than the listing, so it is asked for by itself.
  return (pid) => listing.get(pid) ?? findProcessStartTime(pid);
}

function listProcesses(pids: readonly number[]): Promise<Map<number, string>> {
  return new Promise((resolve) => {
    execFile(
      '/bin/ps',
      ['-o', 'pid=,lstart=', '-p', pids.join(',')],
      { env: { LC_ALL: 'C' } },
      // It fails when none of them is left; what it printed counts all the same.
      (_error, stdout) => resolve(parseListing(stdout)),
    );
  });
}

/** Lines of a process ID and a start time. */
export function parseListing(listing: string): Map<number, string> {
  return new Map(
    listing.split('\n').flatMap((line) => {
      const [, pid, startTime] = /^\s*(\d+)\s+(\S.*?)\s*$/.exec(line) ?? [];
      return pid === undefined || startTime === undefined ? [] : [[Number(pid), startTime] as const];
    }),
  );
}
