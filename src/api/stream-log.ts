import { findAppError } from '../contracts/index.js';
import type { ExecutionRepository, LogAggregator, RequestContext, StreamToken } from '../contracts/index.js';
import { hasEnded } from '../orchestrator/execution-lifecycle.js';
import { refreshExecution } from '../orchestrator/refresh-execution.js';
import type { RefreshExecutionDependencies } from '../orchestrator/refresh-execution.js';
import { sleep } from '../orchestrator/sleep.js';

/** What a stream reads from. */
export interface StreamLogDependencies extends RefreshExecutionDependencies {
  readonly executions: Pick<ExecutionRepository, 'findExecution' | 'transition'>;
  readonly logAggregator: Pick<LogAggregator, 'readExecutionLogs'>;
}

/** Waits of a stream, in milliseconds. */
export interface StreamLogTimes {
  /** Between two looks for a log that the backend does not have yet. */
  readonly missingLog: number;
  /** Between two looks at a record whose log has ended, and how long to look. */
  readonly finalRecord: number;
  readonly finalRecordLimit: number;
  /** Between the last line and the end frame: a client may drop what it has not printed by then. */
  readonly gap: number;
}

const usualTimes: StreamLogTimes = { missingLog: 500, finalRecord: 50, finalRecordLimit: 10_000, gap: 100 };

async function isFinal(
  dependencies: StreamLogDependencies,
  ctx: RequestContext,
  executionId: string,
): Promise<boolean> {
  const execution = await dependencies.executions.findExecution(ctx, executionId);
  if (execution === undefined) return true;
  return hasEnded((await refreshExecution(dependencies, ctx, execution)).status);
}

/**
 * Sends a log from where its token begins, as it grows, until it has ended and the record of its execution says so too;
 * then the end frame. Stops early, without an end frame, when `ctx.signal` aborts.
 */
export async function streamLog(
  dependencies: StreamLogDependencies,
  ctx: RequestContext,
  { executionId, position }: Pick<StreamToken, 'executionId' | 'position'>,
  send: (text: string) => Promise<void>,
  times: StreamLogTimes = usualTimes,
): Promise<void> {
  const isOver = (): boolean => ctx.signal?.aborted === true;
  let after = position;

  const sendEvents = async (): Promise<void> => {
    for await (const event of dependencies.logAggregator.readExecutionLogs(ctx, executionId, {
      after,
      follow: true,
    })) {
      if (isOver()) return;
      await send(JSON.stringify({ timestamp: event.timestamp, message: event.message }));
      after = event.position ?? after;
    }
  };

  for (;;) {
    try {
      await sendEvents();
      break;
    } catch (error) {
      if (isOver()) return;
      // The backend has no log yet; once the execution has ended without one, there will never be any.
      if (findAppError(error)?.code !== 'SERVICE_UNAVAILABLE') throw error;
      if (await isFinal(dependencies, ctx, executionId)) break;
      await sleep(times.missingLog, ctx.signal);
      if (isOver()) return;
    }
  }

  for (let waited = 0; waited < times.finalRecordLimit && !isOver(); waited += times.finalRecord) {
    if (await isFinal(dependencies, ctx, executionId)) break;
    await sleep(times.finalRecord, ctx.signal);
  }
  await sleep(times.gap, ctx.signal);
  if (!isOver()) await send(JSON.stringify({ type: 'disconnect', reason: 'execution_completed' }));
}
