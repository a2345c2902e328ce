import {
  GetQueryResultsCommand,
  type ResultField,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';

import { AppError, type RequestContext } from '../../contracts/index.js';
import type { CloudWatchLogs } from './aws-clients.js';
import { finishing } from './finishing.js';
import { sendOptions } from './send-options.js';
import { naming } from './translate-error.js';

/** What queries are run with. */
export interface InsightsDependencies {
  readonly logs: CloudWatchLogs;
  readonly now: () => Date;
  /** Waits; rejects when the signal aborts. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** The most rows that a query gives back; without saying so, one gets a tenth of them. */
const rowLimit = 10_000;
const firstWait = 250;
const longestWait = 2_000;
/** How long a query is waited for, in milliseconds. */
const patience = 40_000;

/**
 * Runs a query over all time and waits for its rows, looking more and more seldom. A query that is given up, by the
 * caller too, is stopped.
 */
export async function runInsightsQuery(
  ctx: RequestContext,
  { logs, now, sleep }: InsightsDependencies,
  logGroupNames: string[],
  queryString: string,
): Promise<ResultField[][]> {
  const endTime = Math.floor(now().getTime() / 1_000);
  const query = { logGroupNames, queryString, startTime: 0, endTime, limit: rowLimit };
  const { queryId = '' } = await naming('failed to start CloudWatch Logs Insights query', () =>
    logs.send(new StartQueryCommand(query), sendOptions(ctx)),
  );
  let hasEnded = false;
  try {
    for (let wait = firstWait, waited = 0; ; wait = Math.min(wait * 2, longestWait)) {
      const { status = 'Unknown', results = [] } = await naming(
        'failed to get CloudWatch Logs Insights query results',
        () => logs.send(new GetQueryResultsCommand({ queryId }), sendOptions(ctx)),
      );
      hasEnded = status !== 'Scheduled' && status !== 'Running';
      if (status === 'Complete') return results;
      if (status === 'Timeout' || waited >= patience) throw timedOut();
      if (hasEnded) throw failed(status);
      await sleep(wait, ctx.signal);
      waited += wait;
    }
  } finally {
    if (!hasEnded) await stopQuery(ctx, logs, queryId);
  }
}

/** Queries cost by what they read. That one cannot be stopped is nothing that the caller could do anything about. */
async function stopQuery(ctx: RequestContext, logs: CloudWatchLogs, queryId: string): Promise<void> {
  try {
    await logs.send(new StopQueryCommand({ queryId }), sendOptions(finishing(ctx)));
  } catch {
    // It ends by itself within the hour.
  }
}

function timedOut(): AppError {
  return new AppError('SERVICE_UNAVAILABLE', 'CloudWatch Logs Insights query timed out');
}

function failed(status: string): AppError {
  return new AppError('INTERNAL_ERROR', `CloudWatch Logs Insights query failed with status: ${status}`);
}
