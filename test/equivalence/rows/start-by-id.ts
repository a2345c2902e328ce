import type { RunTaskCommandInput } from '@aws-sdk/client-ecs';
import { taskDefinitionFamily } from '../../../src/providers/aws/task-definition-family.js';
import type { Divergence, Observation } from '../../../src/testing/index.js';
import { argumentsOf, errorOf, worldOf } from '../observation-parts.js';
import type { RunnerWorld } from '../runner-implementation.js';
import { deployment } from '../world-settings.js';
import { expectedImage, idOf } from './expected-image.js';
import {
  appError,
  failing,
  holdsUnderFaults,
  imageRows,
  isDisturbed,
  isForeign,
  plainError,
} from './repaired-call.js';

/**
 * The whole of `startTask`. What the scripts hold is for the tests of the scripts, which run them; here it is taken
 * from the candidate. Everything else of the request is stated.
 */
export const startById: Divergence = {
  id: 'start-by-id',
  methods: ['startTask'],
  toleratesFaults: true,
  when: () => true,
  expect: (reference, call, actual) => {
    const rows = imageRows(reference);
    if (isDisturbed(reference, call) || rows.some(isForeign)) return holdsUnderFaults(reference, actual);

    const [, email, request] = argumentsOf(reference) as readonly [unknown, string, StartRequest];
    const image = request.image ?? '';
    const imageId = idOf(expectedImage(rows, image));
    const lookUp = actual.requests.filter(({ operation }) => operation.startsWith('dynamodb.')).slice(0, 2);
    if (imageId === undefined) {
      // The original may have started something here; the candidate has started nothing.
      const state = { ...withTasksOf(reference, actual), startedTasks: [] };
      return { ...reference, outcomes: failing(nothingToStart(image)), requests: lookUp, state };
    }
    const family = taskDefinitionFamily(imageId);
    const run = actual.requests.find(({ operation }) => operation === 'ecs.RunTask');
    const input = run?.input as RunTaskCommandInput | undefined;
    return {
      ...reference,
      outcomes: hasDefinition(reference, family) ? startedAs(reference, actual) : unregistered(actual),
      requests: [
        ...lookUp,
        {
          ...run,
          operation: 'ecs.RunTask',
          input: runTaskInput(family, email, request, input),
          outcome: run?.outcome,
        },
      ],
      state: withTasksOf(reference, actual),
    };
  },
  reason: 'Executors know images by ID only, so that they need no registry.',
  since: '0.1.0',
};

/** The scripts are part of the tasks that run; nothing else of the world may differ. */
function withTasksOf(reference: Observation, actual: Observation): RunnerWorld {
  const [world, other] = [worldOf(reference), worldOf(actual)];
  const { tasks, tags } = other.ecs;
  const { startedTasks, lastNumber } = other;
  return { ...world, ecs: { ...world.ecs, tasks, tags }, startedTasks, lastNumber };
}

interface StartRequest {
  readonly image?: string;
  readonly gitRepo?: string;
}

function nothingToStart(image: string): object {
  return image === ''
    ? appError('INVALID_REQUEST', 400, 'no image specified and no default image configured')
    : appError(
        'INVALID_REQUEST',
        400,
        'image not registered',
        plainError(`no task definition found for image: ${image}`),
      );
}

function hasDefinition(reference: Observation, family: string): boolean {
  return [...worldOf(reference).ecs.definitions.values()].some(
    (definition) => definition.family === family && definition.status === 'ACTIVE',
  );
}

/** The answer is the original's, where that has started something too: worlds number their tasks alike. */
function startedAs(reference: Observation, actual: Observation): Observation['outcomes'] {
  if (!errorOf(reference)) return reference.outcomes;
  const [candidate] = actual.outcomes;
  const started = worldOf(actual).startedTasks.map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
  const value = candidate?.kind === 'returned' ? (candidate.value as object) : {};
  return [{ kind: 'returned', value: { ...value, executionId: started[0] } }];
}

/** ECS does not know the definition: an image of that ID cannot be started. */
function unregistered(actual: Observation): Observation['outcomes'] {
  return failing({ ...errorOf(actual), code: errorOf(actual)?.code ?? 'INVALID_REQUEST' });
}

function runTaskInput(
  family: string,
  email: string,
  { gitRepo = '' }: StartRequest,
  actual: RunTaskCommandInput | undefined,
): object {
  return {
    cluster: deployment.cluster,
    taskDefinition: family,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...deployment.subnets],
        securityGroups: [deployment.securityGroup],
        assignPublicIp: 'ENABLED',
      },
    },
    overrides: {
      containerOverrides: ['sidecar', 'runner'].map((name, position) => {
        const container = actual?.overrides?.containerOverrides?.[position];
        const script = container?.command?.[2];
        return { name, command: ['/bin/sh', '-c', script], environment: container?.environment };
      }),
    },
    tags: [
      { key: 'UserEmail', value: email },
      ...(gitRepo === '' ? [] : [{ key: 'HasGitRepo', value: 'true' }]),
    ],
  };
}
