import { readFileSync, readdirSync } from 'node:fs';

import { findProcessStartTime, sendSignal } from './task-supervisor.js';
import type { StartRecord } from './task-supervisor.js';

/**
 * Kills what a task runs whose supervisor has vanished, and returns whether anything of it was still there.
 * Only processes that are certainly the task's are touched: IDs are used again, sooner or later.
 */
export function killAbandonedTask(start: StartRecord): boolean {
  const { pid, startTime, sandbox } = start;
  let wasAlive = false;
  if (sandbox !== undefined && findProcessStartTime(sandbox.pid) === sandbox.startTime) {
    // The first process of a PID namespace takes all the others with it.
    wasAlive = sendSignal(sandbox.pid, 'SIGKILL');
  }
  if (findProcessStartTime(pid) === startTime) return sendSignal(-pid, 'SIGKILL') || wasAlive;
  for (const member of findOrphansOfGroup(pid, startTime))
    wasAlive = sendSignal(member, 'SIGKILL') || wasAlive;
  return wasAlive;
}

/** Members of a process group whose leader has ended; where there is no `/proc`, none are known. */
function findOrphansOfGroup(group: number, leaderStartTime: string): number[] {
  if (process.platform !== 'linux') return [];
  const [boot, leaderTicks] = leaderStartTime.split('/');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      if (findGroup(pid) !== group || pid === group) return false;
      const [memberBoot, memberTicks] = findProcessStartTime(pid)?.split('/') ?? [];
      return memberBoot === boot && Number(memberTicks) >= Number(leaderTicks);
    });
}

function findGroup(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
  } catch {
    // Ended meanwhile.
    return undefined;
  }
}
