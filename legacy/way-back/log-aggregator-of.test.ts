import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/contracts/index.js';
import type { LogEvent, ReadExecutionLogsOptions, RequestContext } from '../../src/contracts/index.js';
import type { Runner } from '../runner.js';
import { logAggregatorOf } from './log-aggregator-of.js';

const lines: LogEvent[] = ['one', 'two', 'three'].map((message, index) => ({ timestamp: index, message }));

function runnerWith(events: LogEvent[]): Runner {
  return { fetchLogsByExecutionId: vi.fn().mockResolvedValue(events) } as Partial<Runner> as Runner;
}

async function read(runner: Runner, options?: ReadExecutionLogsOptions, ctx: RequestContext = {}) {
  const events: LogEvent[] = [];
  for await (const event of logAggregatorOf(runner).readExecutionLogs(ctx, 'task-1', options)) {
    events.push(event);
  }
  return events;
}

describe('a runner read as a log', () => {
  it('numbers events that have no position', async () => {
    expect(await read(runnerWith(lines))).toStrictEqual([
      { timestamp: 0, message: 'one', position: '1' },
      { timestamp: 1, message: 'two', position: '2' },
      { timestamp: 2, message: 'three', position: '3' },
    ]);
  });

  it('goes on behind an event that it numbered', async () => {
    const events = await read(runnerWith(lines), { after: '2' });

    expect(events.map(({ message }) => message)).toEqual(['three']);
  });

  it('goes on behind an event that the runner positioned', async () => {
    const positioned = lines.map((event, index) => ({ ...event, position: `at-${index}` }));

    expect(await read(runnerWith(positioned), { after: 'at-0' })).toStrictEqual(positioned.slice(1));
  });

  it('gives everything when the event at the position is no longer there', async () => {
    const positioned = lines.map((event, index) => ({ ...event, position: `at-${index + 1}` }));

    expect(await read(runnerWith(positioned), { after: 'at-0' })).toStrictEqual(positioned);
  });

  it('ends behind the last event written so far, even when asked to follow', async () => {
    expect(await read(runnerWith(lines), { after: '3', follow: true })).toEqual([]);
  });

  it('fails on the first event as fetching does', async () => {
    const notYet = new AppError('SERVICE_UNAVAILABLE', 'no log yet');
    const runner = {
      fetchLogsByExecutionId: vi.fn().mockRejectedValue(notYet),
    } as Partial<Runner> as Runner;

    await expect(read(runner)).rejects.toBe(notYet);
  });

  it('ends without an error when the reader leaves', async () => {
    const leaving = new AbortController();
    const seen: string[] = [];

    const log = logAggregatorOf(runnerWith(lines)).readExecutionLogs({ signal: leaving.signal }, 'task-1');
    for await (const { message } of log) {
      seen.push(message);
      leaving.abort();
    }

    expect(seen).toEqual(['one']);
  });

  it('ends without an error when the reader leaves while the runner fetches', async () => {
    const leaving = new AbortController();
    const runner = {
      fetchLogsByExecutionId: async () => {
        leaving.abort();
        throw leaving.signal.reason;
      },
    } as Partial<Runner> as Runner;

    expect(await read(runner, {}, { signal: leaving.signal })).toEqual([]);
  });
});
