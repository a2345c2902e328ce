import type { ExecutionStatus } from '../contracts/index.js';

/** Which status may follow which: section 4.2 of the HTTP contract. Nothing follows itself. */
const successors: Readonly<Record<ExecutionStatus, readonly ExecutionStatus[]>> = {
  STARTING: ['RUNNING', 'FAILED', 'TERMINATING'],
  RUNNING: ['SUCCEEDED', 'FAILED', 'STOPPED', 'TERMINATING'],
  TERMINATING: ['STOPPED'],
  SUCCEEDED: [],
  FAILED: [],
  STOPPED: [],
};

/** Whether an execution may go from one status to another. */
export function mayBecome(from: ExecutionStatus, to: ExecutionStatus): boolean {
  // A record of another version may hold a status that is not in the table: it may go nowhere.
  return Object.hasOwn(successors, from) && successors[from].includes(to);
}

/** The statuses that a status may follow: the `from` of a compare-and-set. */
export function statusesBefore(to: ExecutionStatus): readonly ExecutionStatus[] {
  return (Object.keys(successors) as ExecutionStatus[]).filter((from) => mayBecome(from, to));
}

/** Whether nothing can happen to the execution any more. */
export function hasEnded(status: ExecutionStatus): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'STOPPED';
}

/** What the contract calls terminal: ended, or on the way there. Such an execution gets no stream address. */
export function isTerminal(status: ExecutionStatus): boolean {
  return hasEnded(status) || status === 'TERMINATING';
}

/** The statuses of executions that have not ended. */
export const openStatuses = [
  'STARTING',
  'RUNNING',
  'TERMINATING',
] as const satisfies readonly ExecutionStatus[];
