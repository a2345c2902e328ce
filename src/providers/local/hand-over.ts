import { execFile, spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { rmdirSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';

import { removeTaskDirectory } from './task-directory.js';
import type { TaskDirectory } from './task-directory.js';
import { findProcessStartTime, sealOnce } from './task-supervisor.js';
import type { TaskInstruction } from './task-supervisor.js';
import type { TaskTable } from './task-table.js';

/** What a handover needs to know. */
export interface HandOverOptions {
  readonly supervisorPath: string;
  /** Where `mkfifo` is looked for. */
  readonly path: string;
  readonly directory: TaskDirectory;
  readonly instruction: TaskInstruction;
  readonly tasks: Pick<TaskTable, 'recordSupervisor'>;
}

type Supervisor = ChildProcessByStdio<Writable, Readable, null>;

/** How long a supervisor may take to begin; a crowded machine takes seconds. */
const startTimeoutMs = 30_000;

/**
 * Starts the supervisor of a task, tells it what to run, and resolves once the command runs, has ended, or waits for
 * its repository. Secrets go through a pipe: on disk they would outlive the task, and arguments are for all to read.
 * Up to the supervisor's place in the table it is synchronous, so that nobody finds a task without one.
 *
 * @throws Error when there is no supervisor that took the task: nothing of it was run, nor will be.
 */
export async function handOver(options: HandOverOptions): Promise<void> {
  const { directory, instruction, tasks, supervisorPath } = options;
  // A session of its own: neither Ctrl-C nor the end of this server reaches it. No environment, so no secret of ours.
  const supervisor = spawn(process.execPath, [supervisorPath, directory.path], {
    detached: true,
    env: {},
    cwd: '/',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const failed = new Promise<never>((_resolve, reject) => supervisor.once('error', reject));
  failed.catch(() => undefined);
  const begun = readAcknowledgement(supervisor);
  begun.catch(() => undefined);
  const deadline = rejectLater();
  try {
    if (supervisor.pid !== undefined) {
      const startTime = findProcessStartTime(supervisor.pid) ?? 'ended';
      tasks.recordSupervisor(instruction.executionId, { pid: supervisor.pid, startTime });
    }
    await Promise.race([makePipes(options), failed]);
    supervisor.stdin.end(JSON.stringify(instruction));
    await Promise.race([begun, failed, deadline.rejected]);
  } catch (error) {
    if (preventStart(directory)) {
      supervisor.kill('SIGKILL');
      throw error;
    }
    // It claimed the task, so it is what tells how the task ends.
  } finally {
    deadline.clear();
    supervisor.stdin.destroy();
    supervisor.stdout.destroy();
    supervisor.unref();
  }
}

/** Takes back everything about a task that was never run. */
export function undoHandOver(
  directory: TaskDirectory,
  executionId: string,
  { tasks, controlGroup }: { tasks: Pick<TaskTable, 'deleteTask'>; controlGroup: string | undefined },
): void {
  tasks.deleteTask(executionId);
  removeTaskDirectory(directory);
  if (controlGroup !== undefined) rmdirSync(controlGroup);
}

/** Two pipes with names: a shell can open `/dev/stdout` again only when it is a pipe, not one of Node's sockets. */
async function makePipes({ directory, path }: HandOverOptions): Promise<void> {
  const names = [directory.pathOf('stdout'), directory.pathOf('stderr')];
  await promisify(execFile)('mkfifo', ['-m', '600', ...names], { env: { PATH: path }, cwd: '/' });
}

function readAcknowledgement({ stdin, stdout }: Supervisor): Promise<void> {
  return new Promise((resolve, reject) => {
    stdin.on('error', reject);
    stdout.on('error', reject);
    stdout.once('data', () => resolve());
    stdout.once('end', () => reject(new Error('the supervisor ended before it began')));
  });
}

function rejectLater(): { readonly rejected: Promise<never>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const rejected = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the supervisor did not begin within ${startTimeoutMs / 1000} s`)),
      startTimeoutMs,
    );
  });
  return { rejected, clear: () => clearTimeout(timer) };
}

/** Makes sure that a supervisor that comes late does not run anything; `false` when one was faster. */
function preventStart(directory: TaskDirectory): boolean {
  return sealOnce(directory.pathOf('claim'), 'abandoned') === 'abandoned';
}
