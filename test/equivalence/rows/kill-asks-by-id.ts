import type { Divergence, Observation, RequestRecord } from '../../../src/testing/index.js';
import { argumentsOf, chainOf, errorOf, worldOf } from '../observation-parts.js';
import { deployment } from '../world-settings.js';
import { appError, failing, holdsUnderFaults, isDisturbed, plainError, returning } from './repaired-call.js';

const ending = ['DEACTIVATING', 'STOPPING', 'STOPPED'];
const notFound = 'task not found';

export const killAsksById: Divergence = {
  id: 'kill-asks-by-id',
  methods: ['killTask'],
  toleratesFaults: true,
  when: () => true,
  expect: (reference, call, actual) => {
    if (isDisturbed(reference, call)) return holdsUnderFaults(reference, actual);
    const executionId = String(argumentsOf(reference)[1]);
    if (!/^[0-9a-f]{32}$/.test(executionId)) {
      return { ...reference, outcomes: failing(appError('NOT_FOUND', 404, notFound)), requests: [] };
    }

    const describe = asked(actual, 0, 'ecs.DescribeTasks', {
      cluster: deployment.cluster,
      tasks: [executionId],
    });
    const task = [...worldOf(reference).ecs.tasks.values()].find(({ id }) => id === executionId);
    if (!task) {
      // What ECS said of it is the cause: the row says that there is one, the provider's tests say which.
      const [, cause] = chainOf(errorOf(actual));
      const error = appError('NOT_FOUND', 404, notFound, cause ?? 'a reason of ECS');
      return { ...reference, outcomes: failing(error), requests: [describe] };
    }
    if (ending.includes(task.lastStatus)) {
      const error = appError(
        'INVALID_REQUEST',
        400,
        'task is already terminated or terminating',
        plainError(`task status: ${task.lastStatus}`),
      );
      return { ...reference, outcomes: failing(error), requests: [describe] };
    }
    if (!['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING'].includes(task.lastStatus)) {
      const [, cause] = chainOf(errorOf(actual));
      const error = appError('INVALID_REQUEST', 400, 'task cannot be terminated in current state', cause);
      return { ...reference, outcomes: failing(error), requests: [describe] };
    }
    const reason = 'Terminated by user via kill endpoint';
    const stop = asked(actual, 1, 'ecs.StopTask', { cluster: deployment.cluster, task: task.arn, reason });
    return {
      ...reference,
      outcomes: returning(undefined),
      requests: [describe, stop],
      // The original did not find it, or did not dare to stop it: then only the candidate's world shows it stopped.
      state: errorOf(reference) ? actual.state : reference.state,
    };
  },
  reason: 'With more tasks than a page holds a live one was not found, and a start could not be aborted.',
  since: '0.1.0',
};

/** A request whose input is known, with the answer that the candidate got. */
function asked(actual: Observation, position: number, operation: string, input: object): RequestRecord {
  const { call, outcome } = actual.requests[position] ?? {};
  return { operation, input, call, outcome };
}
