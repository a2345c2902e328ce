import type { LogEvent } from '../../../src/contracts/index.js';
import type { Divergence, Observation } from '../../../src/testing/index.js';
import { argumentsOf, errorOf, worldOf } from '../observation-parts.js';
import { deployment } from '../world-settings.js';
import { holdsUnderFaults, isDisturbed, returning } from './repaired-call.js';

/** Reading a log: the runner's stream, or the sidecar's when the runner can never begin; with positions. */
export const eventsHavePositions: Divergence = {
  id: 'events-have-positions',
  methods: ['fetchLogsByExecutionId'],
  toleratesFaults: true,
  when: (reference) => reference.requests.length > 0 || errorOf(reference)?.code !== 'INVALID_REQUEST',
  expect: (reference, call, actual) => {
    if (isDisturbed(reference, call))
      return { ...holdsUnderFaults(reference, actual), state: reference.state };
    const [original] = reference.outcomes;
    if (original?.kind === 'returned') {
      return { ...reference, outcomes: returning(withPositions(original.value as readonly LogEvent[])) };
    }
    const executionId = String(argumentsOf(reference)[1]);
    const events = isOver(reference, executionId) ? sidecarEvents(reference, executionId) : undefined;
    return {
      ...reference,
      outcomes: events ? returning(withPositions(events)) : reference.outcomes,
      requests: [...reference.requests, ...actual.requests.slice(reference.requests.length).filter(isRead)],
    };
  },
  reason:
    'A stream of events begins right behind the last one of an answer; a failing sidecar left no trace.',
  since: '0.1.0',
};

/** The time, and how many events of the same time come before. */
function withPositions(events: readonly LogEvent[]): readonly LogEvent[] {
  return events.map((event, index) => {
    const before = events.slice(0, index).filter(({ timestamp }) => timestamp === event.timestamp);
    return { ...event, position: `${event.timestamp}.${before.length}` };
  });
}

function isOver(reference: Observation, executionId: string): boolean {
  const task = [...worldOf(reference).ecs.tasks.values()].find(({ id }) => id === executionId);
  return task === undefined || task.lastStatus === 'STOPPED';
}

function sidecarEvents(reference: Observation, executionId: string): readonly LogEvent[] | undefined {
  const streams = worldOf(reference).logs.groups.get(deployment.logGroup);
  const events = streams?.get(`task/sidecar/${executionId}`);
  return events && [...events].sort((a, b) => a.timestamp - b.timestamp);
}

function isRead({ operation }: { readonly operation: string }): boolean {
  return ['ecs.DescribeTasks', 'logs.DescribeLogStreams', 'logs.GetLogEvents'].includes(operation);
}
