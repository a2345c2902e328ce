import {
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandOutput,
  type ResultField,
} from '@aws-sdk/client-cloudwatch-logs';

import {
  AppError,
  type BackendObservability,
  type LogEvent,
  type RequestContext,
} from '../../contracts/index.js';
import type { CloudWatchLogs } from './aws-clients.js';
import { eventTimestamp } from './event-timestamp.js';
import { type InsightsDependencies, runInsightsQuery } from './insights-query.js';
import { readPages } from './read-pages.js';
import { sendOptions } from './send-options.js';
import { naming } from './translate-error.js';

/** What the backend's own logs are found with. */
export interface InsightsBackendObservabilityOptions extends InsightsDependencies {
  /** How the names of the backend's log groups begin. */
  readonly logGroupPrefix: string;
}

/** Insights refuses more in one query. */
const groupsAtOnce = 50;

/** Finds what the backend logged for a request with CloudWatch Logs Insights. */
export function createInsightsBackendObservability(
  options: InsightsBackendObservabilityOptions,
): BackendObservability {
  return {
    async fetchBackendLogs(ctx, requestId) {
      // It becomes part of a query. No request has had such an ID, so there is nothing to find either.
      if (!/^[A-Za-z0-9_.:-]{1,256}$/.test(requestId)) return [];
      const logGroupNames = await listLogGroups(ctx, options.logs, options.logGroupPrefix);
      if (logGroupNames.length === 0)
        throw new AppError('SERVICE_UNAVAILABLE', 'no Lambda log groups found matching prefix');
      const events: LogEvent[] = [];
      for (let start = 0; start < logGroupNames.length; start += groupsAtOnce) {
        const groups = logGroupNames.slice(start, start + groupsAtOnce);
        const rows = await runInsightsQuery(ctx, options, groups, queryFor(requestId));
        events.push(...rows.map(toLogEvent));
      }
      // Each query has sorted its own rows.
      return logGroupNames.length <= groupsAtOnce ? events : events.sort((a, b) => a.timestamp - b.timestamp);
    },
  };
}

function queryFor(requestId: string): string {
  return [
    'fields @timestamp, @message',
    // The original's field, and ours.
    `\t\t| filter request_id = "${requestId}" or requestId = "${requestId}"`,
    '\t\t| sort @timestamp asc',
  ].join('\n');
}

async function listLogGroups(
  ctx: RequestContext,
  logs: CloudWatchLogs,
  logGroupNamePrefix: string,
): Promise<string[]> {
  const pages = readPages<DescribeLogGroupsCommandOutput, string>({
    read: (nextToken) => {
      const from = nextToken === undefined ? {} : { nextToken };
      return logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix, ...from }), sendOptions(ctx));
    },
    nextOf: ({ nextToken }) => nextToken,
    mostOften: 2,
  });
  return naming('failed to discover log groups', async () => {
    const names: string[] = [];
    for await (const { logGroups = [] } of pages)
      for (const { logGroupName } of logGroups) if (logGroupName !== undefined) names.push(logGroupName);
    return names;
  });
}

function toLogEvent(row: readonly ResultField[]): LogEvent {
  let message = '';
  let time = '';
  for (const { field, value } of row) {
    if (field === '@message') message = value ?? '';
    if (field === '@timestamp') time = value ?? '';
  }
  return { timestamp: eventTimestamp(message, time), message };
}
