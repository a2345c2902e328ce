import type { LogEvent } from '../../../src/contracts/index.js';
import type { Divergence, Observation } from '../../../src/testing/index.js';
import { argumentsOf, worldOf } from '../observation-parts.js';
import { appError, failing, holdsUnderFaults, isDisturbed, returning } from './repaired-call.js';

const rowLimit = 10_000;

export const aSafeAndPatientQuery: Divergence = {
  id: 'a-safe-and-patient-query',
  methods: ['fetchBackendLogs'],
  toleratesFaults: true,
  when: () => true,
  expect: (reference, call, actual) => {
    const requestId = String(argumentsOf(reference)[1]);
    if (!/^[A-Za-z0-9_.:-]{1,256}$/.test(requestId)) {
      return { ...actual, outcomes: returning([]), requests: [] };
    }
    if (isDisturbed(reference, call)) return holdsUnderFaults(reference, actual);
    const asked = reference.requests.filter(({ operation }) => operation === 'logs.DescribeLogGroups');
    const start = reference.requests.find(({ operation }) => operation === 'logs.StartQuery');
    if (!start) return reference;

    const query = { ...start, input: { ...(start.input as object), limit: rowLimit } };
    // How often it looks, and how long it waits in between, is its own affair; that it looks at all shows in the value.
    const looks = actual.requests.slice(asked.length + 1).filter(({ operation }) => isALook(operation));
    return {
      ...reference,
      outcomes: outcomesOf(reference, actual),
      requests: [...asked, query, ...looks],
      state: withQueriesOf(reference, actual),
    };
  },
  reason:
    'Whoever could ask for a trace could read every log, and an answer took longer than it was allowed to.',
  since: '0.1.0',
};

function isALook(operation: string): boolean {
  return ['clock.sleep', 'logs.GetQueryResults', 'logs.StopQuery'].includes(operation);
}

/** The same events, but with the time of Insights where they have none of their own. */
function outcomesOf(reference: Observation, actual: Observation): Observation['outcomes'] {
  const [original] = reference.outcomes;
  const [candidate] = actual.outcomes;
  if (original?.kind !== 'returned') {
    const last = actual.requests.findLast(({ operation }) => operation === 'logs.GetQueryResults');
    const status = (last?.outcome as { readonly status?: string } | undefined)?.status;
    // The original looks on at a query of unknown fate until it gives up.
    return status === 'Unknown'
      ? failing(appError('INTERNAL_ERROR', 500, 'CloudWatch Logs Insights query failed with status: Unknown'))
      : reference.outcomes;
  }
  const times = candidate?.kind === 'returned' ? (candidate.value as readonly LogEvent[]) : [];
  const events = (original.value as readonly LogEvent[]).map((event, index) => ({
    ...event,
    timestamp: event.timestamp === 0 ? (times[index]?.timestamp ?? 0) : event.timestamp,
  }));
  return returning(events);
}

function withQueriesOf(reference: Observation, actual: Observation): unknown {
  const world = worldOf(reference);
  return { ...world, logs: { ...world.logs, queries: worldOf(actual).logs.queries } };
}
