import { settled } from '../copy-data.js';
/** An event as it was put. */
export interface StoredEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** A query of Insights on its way. */
export interface QueryState {
  readonly logGroupNames: readonly string[];
  readonly queryString: string;
  readonly startTime: number;
  readonly endTime: number;
  /** How often it has been asked for. */
  polls: number;
  status: 'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown';
}

/** What CloudWatch Logs remembers: plain data. */
export interface LogsState {
  /** Group → stream → events in order of arrival. */
  readonly groups: Map<string, Map<string, StoredEvent[]>>;
  readonly queries: Map<string, QueryState>;
  /** What queries end as, and after how many polls. */
  queryEnd: QueryState['status'];
  pollsUntilEnd: number;
}

export function emptyLogs(groups: readonly string[]): LogsState {
  return {
    groups: new Map(groups.map((group) => [group, new Map<string, StoredEvent[]>()])),
    queries: new Map(),
    queryEnd: 'Complete',
    pollsUntilEnd: 2,
  };
}

/** Puts an event at the end of a stream, which is made when it does not exist. */
export function putEvent(state: LogsState, group: string, stream: string, event: StoredEvent): void {
  const streams = state.groups.get(group) ?? new Map<string, StoredEvent[]>();
  state.groups.set(group, streams);
  streams.set(stream, Object.freeze([...(streams.get(stream) ?? []), settled(event)]) as StoredEvent[]);
}
