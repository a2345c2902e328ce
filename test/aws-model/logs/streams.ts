import type {
  DescribeLogGroupsCommandInput,
  DescribeLogStreamsCommandInput,
  GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { cutPage } from '../page.js';
import type { ServiceContext } from '../service-context.js';
import { serviceError } from '../service-error.js';
import type { LogsState, StoredEvent } from './logs-state.js';

/** Operation → what it does to the state and answers. */
export const streamOperations = {
  DescribeLogGroups: (
    state: LogsState,
    input: DescribeLogGroupsCommandInput,
    context: ServiceContext,
  ): object => {
    const { logGroupNamePrefix = '', limit = 50, nextToken } = input;
    refuseLimit(limit, 50);
    const found = [...state.groups.keys()].filter((name) => name.startsWith(logGroupNamePrefix)).sort();
    const page = cutPage(found, (name) => name, Math.min(limit, context.pageSize), nextToken);
    return {
      logGroups: page.entries.map((logGroupName) => ({ logGroupName })),
      ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
    };
  },

  DescribeLogStreams: (
    state: LogsState,
    input: DescribeLogStreamsCommandInput,
    context: ServiceContext,
  ): object => {
    const { logGroupName = '', logStreamNamePrefix = '', limit = 50, nextToken } = input;
    refuseLimit(limit, 50);
    const streams = groupNamed(state, logGroupName);
    const found = [...streams.keys()].filter((name) => name.startsWith(logStreamNamePrefix)).sort();
    const page = cutPage(found, (name) => name, Math.min(limit, context.pageSize), nextToken);
    return {
      logStreams: page.entries.map((logStreamName) => {
        const events = streams.get(logStreamName) ?? [];
        const [first, last] = [events[0], events.at(-1)];
        return {
          logStreamName,
          ...(first && { firstEventTimestamp: first.timestamp }),
          ...(last && { lastEventTimestamp: last.timestamp }),
        };
      }),
      ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
    };
  },

  /** Every answer has tokens; the end is where the forward token is the one that was sent. */
  GetLogEvents: (state: LogsState, input: GetLogEventsCommandInput, context: ServiceContext): object => {
    const { logGroupName = '', logStreamName = '', startFromHead = false, limit = 10_000, nextToken } = input;
    refuseLimit(limit, 10_000);
    const stream = groupNamed(state, logGroupName).get(logStreamName);
    if (!stream) throw notFound('The specified log stream does not exist.');
    const { startTime = Number.NEGATIVE_INFINITY, endTime = Number.POSITIVE_INFINITY } = input;
    const events = byTime(stream).filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);

    const size = Math.min(limit, context.pageSize);
    const [from, to] = window(events.length, size, nextToken, startFromHead);
    return {
      events: events.slice(from, to).map(({ timestamp, message }) => ({
        timestamp,
        message,
        ingestionTime: timestamp,
      })),
      nextForwardToken: `f/${to}`,
      nextBackwardToken: `b/${from}`,
    };
  },
};

/** Which events a token stands for: forward from a position, or backward to one. */
function window(
  length: number,
  size: number,
  token: string | undefined,
  startFromHead: boolean,
): readonly [number, number] {
  if (token === undefined)
    return startFromHead ? [0, Math.min(size, length)] : [Math.max(0, length - size), length];
  const [direction, position] = token.split('/');
  const at = Number(position);
  if (direction === 'f' && at <= length) return [at, Math.min(at + size, length)];
  if (direction === 'b' && at <= length) return [Math.max(0, at - size), at];
  throw serviceError('logs', 'InvalidParameterException', 'The specified nextToken is invalid.');
}

/** Order of arrival decides among events of one millisecond. */
function byTime(events: readonly StoredEvent[]): readonly StoredEvent[] {
  return [...events].sort((a, b) => a.timestamp - b.timestamp);
}

function groupNamed(state: LogsState, name: string): ReadonlyMap<string, readonly StoredEvent[]> {
  const group = state.groups.get(name);
  if (!group) throw notFound('The specified log group does not exist.');
  return group;
}

function notFound(message: string): Error {
  return serviceError('logs', 'ResourceNotFoundException', message);
}

function refuseLimit(limit: number, most: number): void {
  if (limit < 1 || limit > most) {
    throw serviceError(
      'logs',
      'InvalidParameterException',
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and ${most}`,
    );
  }
}
