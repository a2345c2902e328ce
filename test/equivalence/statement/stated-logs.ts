import type {
  DescribeLogStreamsCommandOutput,
  GetLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { DescribeTasksCommandOutput } from '@aws-sdk/client-ecs';
import { AppError } from '../../../src/contracts/index.js';
import type { LogEvent, RequestContext } from '../../../src/contracts/index.js';
import { deployment } from '../world-settings.js';
import { isNamed } from './stated-world.js';
import type { StatedWorld } from './stated-world.js';

const { logGroup: logGroupName, cluster } = deployment;
const mostBytes = 32 * 1024 * 1024;

export async function fetchLogsByExecutionId(
  world: StatedWorld,
  ctx: RequestContext,
  executionId: string,
): Promise<LogEvent[]> {
  if (executionId === '') throw new AppError('INVALID_REQUEST', 'executionID is required');
  const runner = `task/runner/${executionId}`;
  const sidecar = `task/sidecar/${executionId}`;
  let stream = runner;
  if (!(await exists(world, ctx, runner))) {
    if (!world.has('the-sidecar-tells-why')) throw notYet(runner);
    if (!(await isOver(world, ctx, executionId))) throw notYet(runner);
    if (!(await exists(world, ctx, sidecar))) throw notYet(runner);
    stream = sidecar;
  }
  const events = await readAll(world, ctx, stream);
  const masked =
    stream === sidecar
      ? events.map((event) => ({
          ...event,
          message: event.message.replace(/(https?:\/\/)[^\s/?#]*@/gi, '$1***@'),
        }))
      : events;
  const positioned = world.has('events-have-positions') ? masked.map(withPosition) : masked;
  return world.has('logs-have-an-end') ? lastOf(positioned) : positioned;
}

async function exists({ ask }: StatedWorld, ctx: RequestContext, name: string): Promise<boolean> {
  const input = { logGroupName, logStreamNamePrefix: name, limit: 50 };
  const { logStreams = [] } = await ask<DescribeLogStreamsCommandOutput>(
    ctx,
    'logs.DescribeLogStreams',
    input,
    'failed to describe log streams',
  );
  return logStreams.some(({ logStreamName }) => logStreamName === name);
}

/** An ID that no task can have is not asked for. */
async function isOver({ ask }: StatedWorld, ctx: RequestContext, executionId: string): Promise<boolean> {
  if (!/^[0-9a-f]{32}$/.test(executionId)) return true;
  const { tasks = [] } = await ask<DescribeTasksCommandOutput>(
    ctx,
    'ecs.DescribeTasks',
    { cluster, tasks: [executionId], include: ['TAGS'] },
    'failed to describe tasks',
  );
  const task = tasks.find(({ taskArn = '' }) => taskArn.endsWith(`/${executionId}`));
  return task === undefined || task.lastStatus === 'STOPPED';
}

function notYet(stream: string): AppError {
  return new AppError('SERVICE_UNAVAILABLE', `log stream '${stream}' does not exist yet`);
}

async function readAll(world: StatedWorld, ctx: RequestContext, logStreamName: string): Promise<LogEvent[]> {
  const read: LogEvent[] = [];
  for (let nextToken: string | undefined; ;) {
    const from = nextToken === undefined ? {} : { nextToken };
    const input = { logGroupName, logStreamName, startFromHead: true, limit: 10_000, ...from };
    let page: GetLogEventsCommandOutput;
    try {
      page = await world.ask(ctx, 'logs.GetLogEvents', input, 'failed to get log events');
    } catch (error) {
      if (!isNamed((error as Error).cause, 'ResourceNotFoundException')) throw error;
      if (world.has('logs-have-an-end')) throw notYet(logStreamName);
      return read;
    }
    for (const { timestamp = 0, message = '' } of page.events ?? []) read.push({ timestamp, message });
    if (page.nextForwardToken === undefined || page.nextForwardToken === nextToken) return read;
    nextToken = page.nextForwardToken;
  }
}

/** The time, and how many events of the same time stand directly before. */
function withPosition(event: LogEvent, index: number, events: readonly LogEvent[]): LogEvent {
  let before = 0;
  while (events[index - 1 - before]?.timestamp === event.timestamp) before += 1;
  return { ...event, position: `${event.timestamp}.${before}` };
}

function lastOf(events: LogEvent[]): LogEvent[] {
  const sizes = events.map(({ message }) => Buffer.byteLength(message));
  let bytes = sizes.reduce((sum, size) => sum + size, 0);
  const all = bytes;
  let left = 0;
  while (bytes > mostBytes) bytes -= sizes[left++] ?? 0;
  if (left === 0) return events;
  const gone = all - bytes;
  const said = gone < 1024 * 1024 ? `${gone} bytes` : `${Math.round(gone / 1024 / 1024)} MiB`;
  const message = `refacet: ${left} earlier lines (${said}) were left out; this is the last 32 MiB`;
  return [{ timestamp: events[left]?.timestamp ?? 0, message }, ...events.slice(left)];
}
