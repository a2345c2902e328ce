import type {
  GetQueryResultsCommandInput,
  StartQueryCommandInput,
  StopQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ServiceContext } from '../service-context.js';
import { serviceError } from '../service-error.js';
import { parseInsightsQuery } from './insights-query.js';
import type { Row } from './insights-query.js';
import type { LogsState, QueryState } from './logs-state.js';

const mostGroups = 50;
/** Rows where the request sets no limit. */
const defaultLimit = 10_000;

/** Operation → what it does to the state and answers. */
export const queryOperations = {
  StartQuery: (state: LogsState, input: StartQueryCommandInput, context: ServiceContext): object => {
    const { logGroupNames = [], logGroupName, queryString = '', startTime = 0, endTime = 0, limit } = input;
    const groups = logGroupName === undefined ? logGroupNames : [logGroupName];
    if (groups.length === 0 || groups.length > mostGroups)
      throw invalid(`Between 1 and ${mostGroups} log groups are needed.`);
    const unknown = groups.find((group) => !state.groups.has(group));
    if (unknown !== undefined) {
      throw serviceError('logs', 'ResourceNotFoundException', `Log group '${unknown}' does not exist.`);
    }
    if (endTime <= startTime) throw invalid('endTime must be later than startTime.');
    parseInsightsQuery(queryString);

    const queryId = `query-${context.nextNumber()}`;
    const limited = limit === undefined ? queryString : `${queryString} | limit ${limit}`;
    state.queries.set(queryId, {
      logGroupNames: groups,
      queryString: limited,
      startTime,
      endTime,
      polls: 0,
      status: 'Scheduled',
    });
    return { queryId };
  },

  /** Scheduled, then running, then its end; what it found so far is part of every answer. */
  GetQueryResults: (state: LogsState, { queryId = '' }: GetQueryResultsCommandInput): object => {
    const query = queryNamed(state, queryId);
    if (isOnItsWay(query)) {
      query.polls += 1;
      query.status =
        query.polls > state.pollsUntilEnd ? state.queryEnd : query.polls > 1 ? 'Running' : 'Scheduled';
    }
    const { fields, run } = parseInsightsQuery(query.queryString);
    const rows = query.status === 'Complete' ? run(rowsOf(state, query)).slice(0, defaultLimit) : [];
    return {
      status: query.status,
      results: rows.map((row) =>
        [...fields, '@ptr'].flatMap((field) => (row.has(field) ? [{ field, value: row.get(field) }] : [])),
      ),
    };
  },

  StopQuery: (state: LogsState, { queryId = '' }: StopQueryCommandInput): object => {
    const query = queryNamed(state, queryId);
    if (!isOnItsWay(query)) throw invalid('Query is already ended with state: ' + query.status);
    query.status = 'Cancelled';
    return { success: true };
  },
};

function rowsOf(state: LogsState, { logGroupNames, startTime, endTime }: QueryState): readonly Row[] {
  return logGroupNames.flatMap((group) =>
    [...(state.groups.get(group) ?? [])].flatMap(([stream, events]) =>
      events
        .filter(({ timestamp }) => timestamp >= startTime * 1000 && timestamp <= endTime * 1000)
        .map(({ timestamp, message }, index) => {
          const time = new Date(timestamp).toISOString().replace('T', ' ').replace('Z', '');
          return new Map([
            ...jsonFields(message),
            ['@timestamp', time],
            ['@message', message],
            ['@ptr', `${group}/${stream}/${index}`],
          ]);
        }),
    ),
  );
}

/** Insights finds the members of messages that are JSON objects. */
function jsonFields(message: string): readonly (readonly [string, string])[] {
  try {
    const parsed: unknown = JSON.parse(message);
    if (typeof parsed !== 'object' || parsed === null) return [];
    return Object.entries(parsed).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
  } catch {
    return [];
  }
}

function queryNamed(state: LogsState, queryId: string): QueryState {
  const query = state.queries.get(queryId);
  if (!query) throw serviceError('logs', 'ResourceNotFoundException', `The query ${queryId} does not exist.`);
  return query;
}

function isOnItsWay({ status }: QueryState): boolean {
  return status === 'Scheduled' || status === 'Running';
}

function invalid(message: string): Error {
  return serviceError('logs', 'InvalidParameterException', message);
}
