import { describe, expect, it } from 'vitest';

import type { LogEvent, ReadExecutionLogsOptions } from '../../src/contracts/index.js';
import { createLastEvents } from '../../src/providers/aws/last-events.js';
import { type Call, ctx, scriptedFacets, sdkError, type Step } from './scripted-facets.js';

const id = '0123456789abcdef0123456789abcdef';
const logGroupName = '/aws/ecs/runvoy/runner';
const runner = `task/runner/${id}`;
const sidecar = `task/sidecar/${id}`;
const describeStreams = (logStreamName: string): Call => [
  'logs.DescribeLogStreams',
  { logGroupName, logStreamNamePrefix: logStreamName, limit: 50 },
];
const streams = (...names: string[]): Step => [
  'logs.DescribeLogStreams',
  { logStreams: names.map((logStreamName) => ({ logStreamName })) },
];
const page = (nextForwardToken: string, ...events: object[]): Step => [
  'logs.GetLogEvents',
  { events, nextForwardToken },
];
const getEvents = (logStreamName: string, more: object = {}): Call => [
  'logs.GetLogEvents',
  { logGroupName, logStreamName, startFromHead: true, limit: 10_000, ...more },
];
const task = (lastStatus: string): Step => [
  'ecs.DescribeTasks',
  { tasks: [{ taskArn: `arn/${id}`, lastStatus, startedAt: new Date(0) }] },
];
const noTask: Step = ['ecs.DescribeTasks', { tasks: [] }];

async function read(script: readonly Step[], options?: ReadExecutionLogsOptions) {
  const { logAggregator, calls, waits } = scriptedFacets(script);
  const events: LogEvent[] = [];
  for await (const event of logAggregator.readExecutionLogs(ctx, id, options)) events.push(event);
  return { messages: events.map(({ message }) => message), events, calls, waits };
}

describe('fetchExecutionLogs on CloudWatch Logs', () => {
  it('reads until the token repeats and tells where each event stands', async () => {
    const { logAggregator, calls } = scriptedFacets([
      streams(runner),
      page('f1', { timestamp: 1, message: 'a' }, { timestamp: 3, message: 'b' }),
      page('f2', { timestamp: 3, message: 'c' }, { timestamp: 4 }),
      page('f2'),
    ]);

    expect(await logAggregator.fetchExecutionLogs(ctx, id)).toStrictEqual([
      { timestamp: 1, message: 'a', position: '1.0' },
      { timestamp: 3, message: 'b', position: '3.0' },
      { timestamp: 3, message: 'c', position: '3.1' },
      { timestamp: 4, message: '', position: '4.0' },
    ]);
    expect(calls).toStrictEqual([
      describeStreams(runner),
      getEvents(runner),
      getEvents(runner, { nextToken: 'f1' }),
      getEvents(runner, { nextToken: 'f2' }),
    ]);
  });

  it('gives no half log for a whole one', async () => {
    const { logAggregator } = scriptedFacets([
      streams(runner),
      page('f1', { timestamp: 1, message: 'a' }),
      ['logs.GetLogEvents', sdkError('ResourceNotFoundException')],
    ]);

    await expect(logAggregator.fetchExecutionLogs(ctx, id)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: `log stream '${runner}' does not exist yet`,
    });
  });

  it.each([['RUNNING'], ['PENDING']])('waits for the stream of a task that is %s', async (status) => {
    const { logAggregator, calls } = scriptedFacets([streams(`${runner}0`), task(status)]);

    await expect(logAggregator.fetchExecutionLogs(ctx, id)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: `log stream '${runner}' does not exist yet`,
    });
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['has ended', task('STOPPED')],
    ['is no longer known', noTask],
  ])('shows why the runner never began once the task %s', async (_situation, answer) => {
    const { logAggregator, calls } = scriptedFacets([
      streams(),
      answer,
      streams(sidecar),
      page('f1', { timestamp: 1, message: 'Cloning https://tok@github.com/o/r and HTTP://u:p@h' }),
      page('f1'),
    ]);

    expect(await logAggregator.fetchExecutionLogs(ctx, id)).toMatchObject([
      { message: 'Cloning https://***@github.com/o/r and HTTP://***@h' },
    ]);
    expect(calls[2]).toStrictEqual(describeStreams(sidecar));
    expect(calls[3]).toStrictEqual(getEvents(sidecar));
  });

  it('says that there is no log when the sidecar has none either', async () => {
    const { logAggregator } = scriptedFacets([streams(), noTask, streams()]);

    await expect(logAggregator.fetchExecutionLogs(ctx, id)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });

  it('refuses an empty ID without a call', async () => {
    const { logAggregator, calls } = scriptedFacets([]);

    await expect(logAggregator.fetchExecutionLogs(ctx, '')).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: 'executionID is required',
    });
    expect(calls).toEqual([]);
  });
});

describe('readExecutionLogs on CloudWatch Logs', () => {
  const three = [
    { timestamp: 3, message: 'b' },
    { timestamp: 3, message: 'c' },
    { timestamp: 4, message: 'd' },
  ];

  it('goes on behind a position', async () => {
    const { messages, events, calls } = await read([streams(runner), page('f1', ...three), page('f1')], {
      after: '3.0',
    });

    expect(messages).toEqual(['c', 'd']);
    expect(events[0]?.position).toBe('3.1');
    expect(calls[1]).toStrictEqual(getEvents(runner, { startTime: 3 }));
  });

  it('refuses what is no position', async () => {
    await expect(read([], { after: 'x' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it('follows until the task has ended and CloudWatch has had time to show the rest', async () => {
    const { messages, waits } = await read(
      [
        streams(),
        task('PENDING'),
        streams(runner),
        page('f1', { timestamp: 1, message: 'a' }),
        page('f1'),
        task('RUNNING'),
        page('f2', { timestamp: 2, message: 'b' }),
        page('f2'),
        task('STOPPED'),
        page('f3', { timestamp: 3, message: 'c' }),
        ...Array.from({ length: 4 }, () => [page('f3'), task('STOPPED')]).flat(),
        page('f3'),
      ],
      { follow: true },
    );

    expect(messages).toEqual(['a', 'b', 'c']);
    expect(waits).toEqual(Array.from({ length: 7 }, () => 1_000));
  });

  it('looks as often as ever at a task that was not seen for a moment', async () => {
    const { messages } = await read(
      [
        streams(runner),
        page('f1'),
        ...Array.from({ length: 4 }, () => [page('f1'), noTask]).flat(),
        ...[page('f1'), task('RUNNING')],
        ...Array.from({ length: 4 }, () => [page('f1'), task('STOPPED')]).flat(),
        ...[page('f2', { timestamp: 1, message: 'late' }), page('f2'), task('STOPPED'), page('f2')],
      ],
      { follow: true },
    );

    expect(messages).toEqual(['late']);
  });

  it('ends without an error when the signal aborts', async () => {
    const { logAggregator } = scriptedFacets([['logs.DescribeLogStreams', sdkError('AbortError')]]);
    const log = logAggregator.readExecutionLogs({ signal: AbortSignal.abort() }, id);

    expect((await log[Symbol.asyncIterator]().next()).done).toBe(true);
  });
});

describe('the last events of a log', () => {
  it('fit into the answer, behind one that says what was left out', () => {
    const events = createLastEvents(10);
    for (const [timestamp, message] of ['12345', 'ü', '12345', '123'].entries())
      events.add({ timestamp, message });

    expect(events.toArray()).toEqual([
      {
        timestamp: 1,
        message: 'refacet: 1 earlier lines (5 bytes) were left out; this is the last 10 bytes',
      },
      { timestamp: 1, message: 'ü' },
      { timestamp: 2, message: '12345' },
      { timestamp: 3, message: '123' },
    ]);
  });

  it('are all of them while they fit', () => {
    const events = createLastEvents();
    for (let timestamp = 0; timestamp < 250_000; timestamp++) events.add({ timestamp, message: 'x' });

    expect(events.toArray()).toHaveLength(250_000);
  });
});
