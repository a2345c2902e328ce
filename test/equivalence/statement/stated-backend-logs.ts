import type {
  DescribeLogGroupsCommandOutput,
  GetQueryResultsCommandOutput,
  ResultField,
} from '@aws-sdk/client-cloudwatch-logs';
import { eventTimestamp } from '../../../legacy/aws-runner/event-timestamp.js';
import { AppError } from '../../../src/contracts/index.js';
import type { LogEvent, RequestContext } from '../../../src/contracts/index.js';
import { seenTokens, withoutSignal } from './stated-world.js';
import type { StatedWorld } from './stated-world.js';

const row = 'a-safe-and-patient-query';

export async function fetchBackendLogs(
  world: StatedWorld,
  ctx: RequestContext,
  requestId: string,
): Promise<LogEvent[]> {
  const isRepaired = world.has(row);
  if (isRepaired && !/^[A-Za-z0-9_.:-]{1,256}$/.test(requestId)) return [];
  const groups = await logGroups(world, ctx);
  const events: LogEvent[] = [];
  const most = isRepaired ? 50 : groups.length;
  for (let from = 0; from < groups.length; from += most) {
    const queryId = await startQuery(world, ctx, groups.slice(from, from + most), requestId);
    const rows = isRepaired ? await patiently(world, ctx, queryId) : await asOnce(world, ctx, queryId);
    events.push(...rows.map((fields) => toEvent(fields, isRepaired)));
  }
  return groups.length > most ? events.sort((one, other) => one.timestamp - other.timestamp) : events;
}

async function logGroups({ has, ask }: StatedWorld, ctx: RequestContext): Promise<string[]> {
  const names: string[] = [];
  const seen = seenTokens({ has }, 2);
  let token: string | undefined;
  do {
    const input = {
      logGroupNamePrefix: '/aws/lambda/runvoy',
      ...(token === undefined ? {} : { nextToken: token }),
    };
    const message = 'failed to discover log groups';
    const page: DescribeLogGroupsCommandOutput = await ask(ctx, 'logs.DescribeLogGroups', input, message);
    names.push(...(page.logGroups ?? []).flatMap(({ logGroupName }) => logGroupName ?? []));
    token = page.nextToken;
    try {
      seen(token);
    } catch (cause) {
      throw new AppError('INTERNAL_ERROR', message, { cause });
    }
  } while (token !== undefined);
  if (names.length > 0) return names;
  throw new AppError('SERVICE_UNAVAILABLE', 'no Lambda log groups found matching prefix');
}

async function startQuery(
  { has, ask, now, sleep }: StatedWorld,
  ctx: RequestContext,
  logGroupNames: string[],
  requestId: string,
): Promise<string> {
  const ours = has('our-own-log-field') ? ` or requestId = "${requestId}"` : '';
  const queryString = `fields @timestamp, @message\n\t\t| filter request_id = "${requestId}"${ours}\n\t\t| sort @timestamp asc`;
  const endTime = Math.floor(now().getTime() / 1_000);
  const input = { logGroupNames, queryString, startTime: 0, endTime, ...(has(row) && { limit: 10_000 }) };
  const message = 'failed to start CloudWatch Logs Insights query';
  const answer = ask<{ queryId?: string }>(ctx, 'logs.StartQuery', input, message);
  const { queryId = '' } = await answer.catch(async (error: unknown) => {
    // The original looks at the answer once it has waited.
    if (error instanceof TypeError) await sleep(10_000);
    throw error;
  });
  return queryId;
}

async function look({ ask }: StatedWorld, ctx: RequestContext, queryId: string) {
  const message = 'failed to get CloudWatch Logs Insights query results';
  return ask<GetQueryResultsCommandOutput>(ctx, 'logs.GetQueryResults', { queryId }, message);
}

/** The original: ten seconds, then thirty looks. */
async function asOnce(world: StatedWorld, ctx: RequestContext, queryId: string): Promise<ResultField[][]> {
  await world.sleep(10_000);
  for (let looks = 1; looks <= 30; looks += 1) {
    if (looks > 1) await world.sleep(1_000);
    const { status, results = [] } = await look(world, ctx, queryId);
    if (status === 'Complete') return results;
    if (status === 'Failed' || status === 'Cancelled') throw failed(status);
  }
  throw timedOut();
}

/** At once, then less and less often for forty seconds; a query that is given up is stopped. */
async function patiently(world: StatedWorld, ctx: RequestContext, queryId: string): Promise<ResultField[][]> {
  let status: string | undefined = 'Running';
  try {
    let waited = 0;
    for (const wait of [250, 500, 1_000, ...Array.from({ length: 30 }, () => 2_000)]) {
      const answer = await look(world, ctx, queryId);
      status = answer.status ?? 'Unknown';
      if (status === 'Complete') return answer.results ?? [];
      if (status === 'Timeout') throw timedOut();
      if (isOnItsWay(status) && waited < 40_000) {
        await world.sleep(wait, ctx.signal);
        waited += wait;
        continue;
      }
      throw waited >= 40_000 ? timedOut() : failed(status);
    }
    throw new Error('It waits no longer than forty seconds.');
  } finally {
    if (isOnItsWay(status))
      await world.send(withoutSignal(ctx), 'logs.StopQuery', { queryId }).catch(() => undefined);
  }
}

function isOnItsWay(status: string): boolean {
  return status === 'Scheduled' || status === 'Running';
}

function timedOut(): AppError {
  return new AppError('SERVICE_UNAVAILABLE', 'CloudWatch Logs Insights query timed out');
}

function failed(status: string): AppError {
  return new AppError('INTERNAL_ERROR', `CloudWatch Logs Insights query failed with status: ${status}`);
}

/** Insights writes times in UTC without saying so. */
function toEvent(fields: readonly ResultField[], isRepaired: boolean): LogEvent {
  const valueOf = (name: string): string => fields.findLast(({ field }) => field === name)?.value ?? '';
  const message = valueOf('@message');
  const time = valueOf('@timestamp');
  const isBare = /^\d{4}-\d\d-\d\d \d\d:/.test(time);
  return {
    timestamp: eventTimestamp(message, isRepaired && isBare ? `${time.replace(' ', 'T')}Z` : time),
    message,
  };
}
