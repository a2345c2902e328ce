import { describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { LogEvent, TaskState } from '../contracts/index.js';
import { createExecutionsDouble, someExecution } from '../orchestrator/executions.double.js';
import { streamLog } from './stream-log.js';

const times = { missingLog: 5, finalRecord: 5, finalRecordLimit: 200, gap: 5 };
const event = (position: string): LogEvent => ({
  timestamp: 1,
  message: position,
  position,
  stream: 'stdout',
});
const end = '{"type":"disconnect","reason":"execution_completed"}';

/** A log that is read once per item: a list of events, the error that reading begins with, or both: events, then the error. */
function world(...readings: readonly (readonly (LogEvent | Error)[] | Error)[]) {
  const executions = createExecutionsDouble(someExecution({ status: 'RUNNING' }));
  const states = new Map<string, TaskState>();
  const asked: (string | undefined)[] = [];
  const frames: string[] = [];
  const left = [...readings];
  const nothing = (): void => undefined;
  const dependencies = {
    executions,
    logAggregator: {
      readExecutionLogs: async function* (
        _ctx: unknown,
        _id: string,
        options?: { after?: string | undefined },
      ) {
        asked.push(options?.after);
        const reading = left.shift() ?? [];
        if (reading instanceof Error) throw reading;
        for (const item of reading) {
          if (item instanceof Error) throw item;
          yield item;
        }
      },
    },
    taskObserver: { describeTasks: async () => states },
    log: { info: nothing, warn: nothing, error: nothing },
    now: () => new Date('2026-01-01T12:00:00Z'),
    newRequestId: () => 'r',
  };
  const endTask = (): void => {
    states.set('task-1', { executionId: 'task-1', phase: 'ended', endedBy: 'exit', exitCode: 0 });
  };
  const send = async (text: string): Promise<void> => void frames.push(text);
  return { executions, dependencies, asked, frames, endTask, send };
}

describe('a stream', () => {
  it('begins behind the position of its token, sends frames of two members, and says when it is over', async () => {
    const { dependencies, asked, frames, endTask, send } = world([event('8'), event('9')]);
    endTask();

    await streamLog(dependencies, {}, { executionId: 'task-1', position: '7' }, send, times);

    expect(asked).toEqual(['7']);
    expect(frames).toEqual(['{"timestamp":1,"message":"8"}', '{"timestamp":1,"message":"9"}', end]);
  });

  it('does not say that it is over before the record says so', async () => {
    const { executions, dependencies, frames, endTask, send } = world([event('1')]);
    setTimeout(endTask, 40);

    await streamLog(
      dependencies,
      {},
      { executionId: 'task-1' },
      async (text) => {
        if (text === end) expect(executions.records.get('task-1')?.status).toBe('SUCCEEDED');
        await send(text);
      },
      times,
    );

    expect(frames.at(-1)).toBe(end);
  });

  it('does not wait for ever for a record that never says so', async () => {
    const { dependencies, frames, send } = world([]);

    await streamLog(dependencies, {}, { executionId: 'task-1' }, send, times);

    expect(frames).toEqual([end]);
  });

  it('waits for a log that is not there yet, and goes on where it was', async () => {
    const missing = new AppError('SERVICE_UNAVAILABLE', 'no log yet');
    const { dependencies, asked, frames, endTask, send } = world(missing, missing, [event('1')]);
    setTimeout(endTask, 60);

    await streamLog(dependencies, {}, { executionId: 'task-1' }, send, times);

    expect(asked).toEqual([undefined, undefined, undefined]);
    expect(frames).toEqual(['{"timestamp":1,"message":"1"}', end]);
  });

  it('repeats nothing when the log goes away in the middle', async () => {
    const missing = new AppError('SERVICE_UNAVAILABLE', 'no log now');
    const { dependencies, asked, frames, endTask, send } = world([event('1'), missing], [event('2')]);
    setTimeout(endTask, 40);

    await streamLog(dependencies, {}, { executionId: 'task-1' }, send, times);

    expect(asked).toEqual([undefined, '1']);
    expect(frames).toEqual(['{"timestamp":1,"message":"1"}', '{"timestamp":1,"message":"2"}', end]);
  });

  it('is over when the execution has ended without ever having a log', async () => {
    const missing = new AppError('SERVICE_UNAVAILABLE', 'no log yet');
    const { dependencies, frames, endTask, send } = world(missing);
    endTask();

    await streamLog(dependencies, {}, { executionId: 'task-1' }, send, times);

    expect(frames).toEqual([end]);
  });

  it('fails when the log cannot be read', async () => {
    const { dependencies, send } = world(new AppError('INTERNAL_ERROR', 'broken'));

    await expect(streamLog(dependencies, {}, { executionId: 'task-1' }, send, times)).rejects.toThrow(
      'broken',
    );
  });

  it('ends without a word when its reader is gone', async () => {
    const gone = new AbortController();
    const { dependencies, frames, send } = world([event('1'), event('2'), event('3')]);

    await streamLog(
      dependencies,
      { signal: gone.signal },
      { executionId: 'task-1' },
      async (text) => {
        await send(text);
        gone.abort();
      },
      times,
    );

    expect(frames).toEqual(['{"timestamp":1,"message":"1"}']);
  });

  it('reads no faster than it sends', async () => {
    const { dependencies, endTask } = world(Array.from({ length: 50 }, (_, index) => event(String(index))));
    endTask();
    let sending = 0;
    let most = 0;

    await streamLog(
      dependencies,
      {},
      { executionId: 'task-1' },
      async () => {
        sending += 1;
        most = Math.max(most, sending);
        await new Promise((resolve) => setImmediate(resolve));
        sending -= 1;
      },
      times,
    );

    expect(most).toBe(1);
  });
});
