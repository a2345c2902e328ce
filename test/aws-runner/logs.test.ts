import { describe, expect, it } from 'vitest';

import { failureOf } from './failure.js';
import { type Call, ctx, nowSeconds, scriptedRunner, sdkError, type Step } from './scripted-aws.js';

const logGroupName = '/aws/ecs/runvoy/runner';
const logStreamName = 'task/runner/abc';
const describeStreams: Call = [
  'logs.DescribeLogStreams',
  { logGroupName, logStreamNamePrefix: logStreamName, limit: 50 },
];
const streams: Step = ['logs.DescribeLogStreams', { logStreams: [{ logStreamName }] }];
const getEvents = (nextToken?: string): Call => [
  'logs.GetLogEvents',
  {
    logGroupName,
    logStreamName,
    startFromHead: true,
    limit: 10_000,
    ...(nextToken !== undefined && { nextToken }),
  },
];
const firstPage: Step = [
  'logs.GetLogEvents',
  {
    events: [
      { timestamp: 3, message: 'c' },
      { timestamp: 1, message: 'a' },
    ],
    nextForwardToken: 'f1',
  },
];

describe('fetchLogsByExecutionId of the original, example 8.18', () => {
  it('reads until the token repeats, and keeps the order', async () => {
    const { runner, calls } = scriptedRunner([
      streams,
      firstPage,
      ['logs.GetLogEvents', { events: [{ timestamp: 2, message: 'b' }, {}], nextForwardToken: 'f2' }],
      ['logs.GetLogEvents', { nextForwardToken: 'f2' }],
    ]);
    expect(await runner.fetchLogsByExecutionId(ctx, 'abc')).toEqual([
      { timestamp: 3, message: 'c' },
      { timestamp: 1, message: 'a' },
      { timestamp: 2, message: 'b' },
      { timestamp: 0, message: '' },
    ]);
    expect(calls).toStrictEqual([describeStreams, getEvents(), getEvents('f1'), getEvents('f2')]);
  });

  it('takes a stream that disappears for one that ends', async () => {
    const gone = sdkError('ResourceNotFoundException');
    const later = scriptedRunner([streams, firstPage, ['logs.GetLogEvents', gone]]);
    expect(await later.runner.fetchLogsByExecutionId(ctx, 'abc')).toHaveLength(2);
    const atOnce = scriptedRunner([streams, ['logs.GetLogEvents', gone]]);
    expect(await atOnce.runner.fetchLogsByExecutionId(ctx, 'abc')).toEqual([]);
  });

  it('drops what it has on any other failure', async () => {
    const { runner } = scriptedRunner([
      streams,
      firstPage,
      ['logs.GetLogEvents', sdkError('ServiceUnavailableException')],
    ]);
    expect(await failureOf(runner.fetchLogsByExecutionId(ctx, 'abc'))).toMatchObject({
      status: 500,
      text: 'failed to get log events: sdk text',
    });
  });

  it('answers 503 while there is no stream of exactly that name', async () => {
    const { runner } = scriptedRunner([
      ['logs.DescribeLogStreams', { logStreams: [{ logStreamName: 'task/runner/abcd' }] }],
    ]);
    expect(await failureOf(runner.fetchLogsByExecutionId(ctx, 'abc'))).toMatchObject({
      status: 503,
      text: "log stream 'task/runner/abc' does not exist yet",
    });
  });

  it('refuses an empty ID', async () => {
    const { runner, calls } = scriptedRunner([]);
    expect(await failureOf(runner.fetchLogsByExecutionId(ctx, ''))).toMatchObject({
      status: 400,
      text: 'executionID is required',
    });
    expect(calls).toStrictEqual([]);
  });
});

describe('fetchBackendLogs of the original, example 8.19', () => {
  const query = (requestId: string): Call => [
    'logs.StartQuery',
    {
      logGroupNames: ['/aws/lambda/runvoy-event-processor', '/aws/lambda/runvoy-orchestrator'],
      queryString: `fields @timestamp, @message\n\t\t| filter request_id = "${requestId}"\n\t\t| sort @timestamp asc`,
      startTime: 0,
      endTime: Number(nowSeconds),
    },
  ];
  const groups: Step[] = [
    [
      'logs.DescribeLogGroups',
      { logGroups: [{ logGroupName: '/aws/lambda/runvoy-event-processor' }], nextToken: 'g1' },
    ],
    ['logs.DescribeLogGroups', { logGroups: [{ logGroupName: '/aws/lambda/runvoy-orchestrator' }] }],
  ];
  const startedQuery: Step = ['logs.StartQuery', { queryId: 'q1' }];
  const row = (message: string) => [
    { field: '@timestamp', value: '2025-11-21 16:40:00.500' },
    { field: '@message', value: message },
    { field: '@ptr', value: 'p' },
  ];

  it('waits twelve seconds for a query that is complete at the third look', async () => {
    const message = '{"time":"2025-11-21T01:00:24.951407774Z"}';
    const { runner, calls, waits } = scriptedRunner([
      ...groups,
      startedQuery,
      ['logs.GetQueryResults', { status: 'Scheduled' }],
      ['logs.GetQueryResults', { status: 'Running' }],
      ['logs.GetQueryResults', { status: 'Complete', results: [row('plain'), row(message)] }],
    ]);
    expect(await runner.fetchBackendLogs(ctx, 'req-1')).toEqual([
      { timestamp: 0, message: 'plain' },
      { timestamp: 1_763_686_824_951, message },
    ]);
    expect(calls).toStrictEqual([
      ['logs.DescribeLogGroups', { logGroupNamePrefix: '/aws/lambda/runvoy' }],
      ['logs.DescribeLogGroups', { logGroupNamePrefix: '/aws/lambda/runvoy', nextToken: 'g1' }],
      query('req-1'),
      ...Array.from({ length: 3 }, () => ['logs.GetQueryResults', { queryId: 'q1' }]),
    ]);
    expect(waits).toEqual([10_000, 1_000, 1_000]);
  });

  it('lets a request ID rewrite the query', async () => {
    const { runner, calls } = scriptedRunner([
      ...groups,
      startedQuery,
      ['logs.GetQueryResults', { status: 'Complete' }],
    ]);
    expect(await runner.fetchBackendLogs(ctx, 'a" or 1=1')).toEqual([]);
    expect(calls[2]).toStrictEqual(query('a" or 1=1'));
  });

  it('gives up after thirty looks and 39 seconds', async () => {
    const looks = Array.from({ length: 30 }, (): Step => ['logs.GetQueryResults', { status: 'Timeout' }]);
    const { runner, waits } = scriptedRunner([...groups, startedQuery, ...looks]);
    expect(await failureOf(runner.fetchBackendLogs(ctx, 'req-1'))).toMatchObject({
      status: 503,
      text: 'CloudWatch Logs Insights query timed out',
    });
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(39_000);
  });

  it('fails with a query that failed, and without log groups', async () => {
    const failed = scriptedRunner([
      ...groups,
      startedQuery,
      ['logs.GetQueryResults', { status: 'Cancelled' }],
    ]);
    expect((await failureOf(failed.runner.fetchBackendLogs(ctx, 'r'))).text).toBe(
      'CloudWatch Logs Insights query failed with status: Cancelled',
    );
    const none = scriptedRunner([['logs.DescribeLogGroups', { logGroups: [] }]]);
    expect(await failureOf(none.runner.fetchBackendLogs(ctx, 'r'))).toMatchObject({
      status: 503,
      text: 'no Lambda log groups found matching prefix',
    });
  });
});
