import { uuidsByOrder } from '../../src/testing/index.js';
import type { Normalisation } from '../../src/testing/index.js';
import type { TaskState } from '../aws-model/ecs/ecs-state.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What the SDK fills in where nobody else does, and never twice the same. Within a call equal ones stay equal: a retry
 * has to bring the token of what it tries again.
 */
export const tokens: readonly Normalisation[] = [
  {
    ...uuidsByOrder(
      'token-of-run-task',
      'requests.*.input.clientToken',
      'The SDK makes one up for each run.',
    ),
    forgetsAfterCall: true,
  },
  {
    ...uuidsByOrder(
      'token-of-transactions',
      'requests.*.input.ClientRequestToken',
      'The SDK makes one up for each transaction.',
    ),
    forgetsAfterCall: true,
  },
  {
    id: 'tokens-that-dynamodb-remembers',
    where: 'state.dynamodb.tokens',
    replace: withoutKeys,
    reason: 'They are those of the transactions.',
  },
  {
    id: 'tokens-that-ecs-remembers',
    where: 'state.ecs.clientTokens',
    replace: withoutKeys,
    reason: 'They are those of the runs.',
  },
  {
    id: 'tokens-of-tasks',
    where: 'state.ecs.tasks',
    replace: (value) => {
      const tasks = value as ReadonlyMap<string, TaskState>;
      if (tasks.size === 0) return value;
      return new Map([...tasks].map(([arn, task]) => [arn, { ...task, input: withoutToken(task.input) }]));
    },
    reason: 'A task keeps what it was started with.',
  },
];

function withoutKeys(value: unknown): unknown {
  const map = value as ReadonlyMap<string, unknown>;
  return map.size > 0 && [...map.keys()].every((key) => uuid.test(key)) ? [...map.values()] : value;
}

function withoutToken(input: TaskState['input']): TaskState['input'] {
  return uuid.test(input.clientToken ?? '') ? { ...input, clientToken: '(token)' } : input;
}
