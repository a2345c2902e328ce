import { describe, expect, it } from 'vitest';

import { type Call, ctx, nowSeconds, scriptedFacets, sdkError, type Step } from './scripted-facets.js';

const group = '/aws/lambda/runvoy-orchestrator';
const foundGroup: Step = ['logs.DescribeLogGroups', { logGroups: [{ logGroupName: group }] }];
const started: Step = ['logs.StartQuery', { queryId: 'q1' }];
const look = (status: string | undefined, results?: unknown): Step => [
  'logs.GetQueryResults',
  { status, results },
];
const stop: Call = ['logs.StopQuery', { queryId: 'q1' }];
const row = (message: string) => [
  { field: '@timestamp', value: '2025-11-21 16:40:00.500' },
  { field: '@message', value: message },
];

describe('fetchBackendLogs on CloudWatch Logs Insights', () => {
  it('looks at once, then more and more seldom, and reads the time of Insights', async () => {
    const message = '{"time":"2025-11-21T01:00:24.951407774Z"}';
    const { backendObservability, calls, waits } = scriptedFacets([
      foundGroup,
      started,
      look('Scheduled'),
      look('Running'),
      look('Complete', [row('plain'), row(message)]),
    ]);

    expect(await backendObservability.fetchBackendLogs(ctx, 'req-1')).toEqual([
      { timestamp: Date.UTC(2025, 10, 21, 16, 40, 0, 500), message: 'plain' },
      { timestamp: 1_763_686_824_951, message },
    ]);
    expect(waits).toEqual([250, 500]);
    expect(calls[1]).toStrictEqual([
      'logs.StartQuery',
      {
        logGroupNames: [group],
        queryString:
          'fields @timestamp, @message\n\t\t| filter request_id = "req-1" or requestId = "req-1"\n\t\t| sort @timestamp asc',
        startTime: 0,
        endTime: Number(nowSeconds),
        limit: 10_000,
      },
    ]);
    expect(calls).toHaveLength(5);
  });

  it('searches for an ID of 256 characters, the longest that a request has', async () => {
    const { backendObservability, calls } = scriptedFacets([foundGroup, started, look('Complete', [])]);

    expect(await backendObservability.fetchBackendLogs(ctx, 'a'.repeat(256))).toEqual([]);
    expect(calls).toHaveLength(3);
  });

  it.each(['a" or 1=1', '', ' ', 'a\n| limit 1', 'a'.repeat(257)])(
    'puts no ID such as %j into a query',
    async (requestId) => {
      const { backendObservability, calls } = scriptedFacets([]);

      expect(await backendObservability.fetchBackendLogs(ctx, requestId)).toEqual([]);
      expect(calls).toEqual([]);
    },
  );

  it.each([
    ['Failed', 'INTERNAL_ERROR', 'CloudWatch Logs Insights query failed with status: Failed'],
    ['Cancelled', 'INTERNAL_ERROR', 'CloudWatch Logs Insights query failed with status: Cancelled'],
    ['Unknown', 'INTERNAL_ERROR', 'CloudWatch Logs Insights query failed with status: Unknown'],
    ['Timeout', 'SERVICE_UNAVAILABLE', 'CloudWatch Logs Insights query timed out'],
  ])('fails at once with a query that is %s', async (status, code, message) => {
    const { backendObservability, calls } = scriptedFacets([foundGroup, started, look(status)]);

    await expect(backendObservability.fetchBackendLogs(ctx, 'req-1')).rejects.toMatchObject({
      code,
      message,
    });
    expect(calls).toHaveLength(3);
  });

  it('stops a query that takes too long', async () => {
    const looks = Array.from({ length: 24 }, () => look('Running'));
    const { backendObservability, calls, waits } = scriptedFacets([
      foundGroup,
      started,
      ...looks,
      ['logs.StopQuery'],
    ]);

    await expect(backendObservability.fetchBackendLogs(ctx, 'req-1')).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: 'CloudWatch Logs Insights query timed out',
    });
    expect(calls.at(-1)).toStrictEqual(stop);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(40_000);
  });

  it('stops the query when looking fails, and reports why it failed', async () => {
    const outage = sdkError('ServiceUnavailableException');
    const { backendObservability, calls } = scriptedFacets([
      foundGroup,
      started,
      ['logs.GetQueryResults', outage],
      ['logs.StopQuery', sdkError('InvalidParameterException')],
    ]);

    await expect(backendObservability.fetchBackendLogs(ctx, 'req-1')).rejects.toMatchObject({
      message: 'failed to get CloudWatch Logs Insights query results',
      cause: outage,
    });
    expect(calls.at(-1)).toStrictEqual(stop);
  });

  it('asks for fifty groups at a time and puts their events in order', async () => {
    const logGroups = Array.from({ length: 51 }, (_, index) => ({ logGroupName: `g${index}` }));
    const at = (time: string) => [[{ field: '@timestamp', value: time }]];
    const { backendObservability, calls } = scriptedFacets([
      ['logs.DescribeLogGroups', { logGroups }],
      started,
      look('Complete', at('2025-11-21 16:40:01.000')),
      started,
      look('Complete', at('2025-11-21 16:40:00.000')),
    ]);

    const events = await backendObservability.fetchBackendLogs(ctx, 'req-1');

    expect(events.map(({ timestamp }) => timestamp % 60_000)).toEqual([0, 1_000]);
    expect(calls[3]).toMatchObject(['logs.StartQuery', { logGroupNames: ['g50'] }]);
  });

  it('says so when there is no group', async () => {
    const { backendObservability } = scriptedFacets([['logs.DescribeLogGroups', {}]]);

    await expect(backendObservability.fetchBackendLogs(ctx, 'req-1')).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: 'no Lambda log groups found matching prefix',
    });
  });
});
