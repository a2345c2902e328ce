import type { ExecutionStatus, TaskState } from '../contracts/index.js';

/** How an execution ended, in the words of the wire. */
export interface TaskOutcome {
  readonly status: Extract<ExecutionStatus, 'SUCCEEDED' | 'FAILED' | 'STOPPED'>;
  readonly exitCode: number;
}

/** Conventional codes where the command's own is unknown or beside the point. */
const killedExitCode = 130;
const timeoutExitCode = 124;

/** What the end of a task means for its execution. */
export function taskOutcome({ endedBy, exitCode }: Pick<TaskState, 'endedBy' | 'exitCode'>): TaskOutcome {
  switch (endedBy) {
    case 'kill':
      return { status: 'STOPPED', exitCode: killedExitCode };
    case 'timeout':
      return { status: 'FAILED', exitCode: timeoutExitCode };
    case 'lost':
    case 'failed-to-start':
      return { status: 'FAILED', exitCode: 1 };
    case 'signal':
      // A task that died of a signal has not succeeded, whatever the backend makes of its code.
      return { status: 'FAILED', exitCode: exitCode === undefined || exitCode === 0 ? 1 : exitCode };
    case 'exit':
    case undefined:
      return exitCode === 0
        ? { status: 'SUCCEEDED', exitCode }
        : { status: 'FAILED', exitCode: exitCode ?? 1 };
  }
}
