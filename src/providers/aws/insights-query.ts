import { GetQueryResultsCommand, type ResultField, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';

import { AppError, type RequestContext } from '../../contracts/index.js';
import type { CloudWatchLogs } from './aws-clients.js';
import { sendOptions } from './send-options.js';
import { naming } from './translate-error.js';

/** What queries are run with. */
export interface InsightsDependencies {
  readonly logs: CloudWatchLogs;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const firstWait = 10_000;
const pollInterval = 1_000;
const pollAttempts = 30;

/** Runs a query over all time and waits for its rows. */
export async function runInsightsQuery(
  ctx: RequestContext,
  { logs, now, sleep }: InsightsDependencies,
  logGroupNames: string[],
  queryString: string,
): Promise<ResultField[][]> {
  const endTime = Math.floor(now().getTime() / 1_000);
  const started = await naming('failed to start CloudWatch Logs Insights query', () =>
    logs.send(new StartQueryCommand({ logGroupNames, queryString, startTime: 0, endTime }), sendOptions(ctx)),
  );
  const queryId = started.queryId ?? '';
  await sleep(firstWait);
  for (let attempt = 1; attempt <= pollAttempts; attempt++) {
    if (attempt > 1) await sleep(pollInterval);
    const output = await naming('failed to get CloudWatch Logs Insights query results', () =>
      logs.send(new GetQueryResultsCommand({ queryId }), sendOptions(ctx)),
    );
    if (output.status === 'Complete') return output.results ?? [];
    if (output.status === 'Failed' || output.status === 'Cancelled') {
      const message = `CloudWatch Logs Insights query failed with status: ${output.status}`;
      throw new AppError('INTERNAL_ERROR', message);
    }
  }
  throw new AppError('SERVICE_UNAVAILABLE', 'CloudWatch Logs Insights query timed out');
}
