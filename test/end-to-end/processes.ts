import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A process of this machine. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** With its arguments. */
  readonly command: string;
}

/** Every process of this machine. */
export async function processes(): Promise<readonly RunningProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,pgid=,args=', '-ww'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, group, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
    return pid === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), group: Number(group), command }];
  });
}

/** Whether something runs that begins with this text. */
export async function isRunning(command: string): Promise<boolean> {
  return (await processes()).some((one) => one.command.startsWith(command));
}

/**
 * Ends what tests have left behind: supervisors, which name their task's folder, and everything below them. A test
 * runner that shows the folder in its own command is left alone, as are its parents.
 */
export async function endTasksOf(home: string): Promise<void> {
  const all = await processes();
  const doomed = new Set(
    all.filter(({ command, pid }) => command.includes(home) && pid !== process.pid).map(({ pid }) => pid),
  );
  for (let size = -1; size !== doomed.size;) {
    size = doomed.size;
    for (const { pid, parent } of all) if (doomed.has(parent)) doomed.add(pid);
  }
  for (const pid of doomed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Resident memory in bytes. */
export async function residentMemory(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout.trim()) * 1024;
}

let sleeps = 0;

/** A command that does nothing for very long and that no other test runs. */
export function longSleep(): string {
  sleeps += 1;
  return `sleep 1000.${process.pid}${String(sleeps).padStart(4, '0')}`;
}
