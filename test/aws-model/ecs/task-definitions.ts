import type {
  DeleteTaskDefinitionsCommandInput,
  DeregisterTaskDefinitionCommandInput,
  DescribeTaskDefinitionCommandInput,
  ListTaskDefinitionsCommandInput,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { copyData, settled } from '../copy-data.js';
import { cutPage } from '../page.js';
import type { ServiceContext } from '../service-context.js';
import { serviceError } from '../service-error.js';
import type { EcsState, TaskDefinitionState } from './ecs-state.js';
import { setTags } from './tags.js';

const mostDeletedAtOnce = 10;

/** Operation → what it does to the state and answers. */
export const taskDefinitionOperations = {
  RegisterTaskDefinition: (
    state: EcsState,
    input: RegisterTaskDefinitionCommandInput,
    context: ServiceContext,
  ): object => {
    const { family = '', tags } = input;
    if (!/^[\w-]{1,255}$/.test(family)) throw clientException('Invalid family name.');
    if ((input.containerDefinitions ?? []).length === 0) {
      throw clientException('TaskDefinition is invalid: no container definitions.');
    }
    if (input.containerDefinitions?.some(({ image }) => !image)) {
      throw clientException('Container.image should not be null or empty.');
    }
    const revision = (state.revisions.get(family) ?? 0) + 1;
    const arn = `${arnPrefix(context)}:task-definition/${family}:${revision}`;
    const definition: TaskDefinitionState = {
      arn,
      family,
      revision,
      input: settled(input),
      status: 'ACTIVE',
    };
    state.revisions.set(family, revision);
    state.definitions.set(arn, definition);
    if (tags) setTags(state, arn, tags);
    return { taskDefinition: describe(definition), ...(tags && { tags }) };
  },

  DeregisterTaskDefinition: (
    state: EcsState,
    { taskDefinition }: DeregisterTaskDefinitionCommandInput,
  ): object => {
    const definition = findDefinition(state, taskDefinition ?? '');
    if (!definition) throw clientException('The specified task definition does not exist.');
    if (definition.status === 'ACTIVE') definition.status = 'INACTIVE';
    return { taskDefinition: describe(definition) };
  },

  DeleteTaskDefinitions: (
    state: EcsState,
    { taskDefinitions = [] }: DeleteTaskDefinitionsCommandInput,
  ): object => {
    if (taskDefinitions.length > mostDeletedAtOnce) {
      throw serviceError(
        'ecs',
        'InvalidParameterException',
        'You can only specify up to 10 task definitions.',
      );
    }
    const deleted: TaskDefinitionState[] = [];
    const failures: object[] = [];
    for (const name of taskDefinitions) {
      const definition = findDefinition(state, name);
      if (definition?.status !== 'INACTIVE') {
        failures.push({ arn: name, reason: definition ? 'TASK_DEFINITION_IS_ACTIVE' : 'MISSING' });
        continue;
      }
      definition.status = 'DELETE_IN_PROGRESS';
      deleted.push(definition);
    }
    return { taskDefinitions: deleted.map(describe), failures };
  },

  DescribeTaskDefinition: (
    state: EcsState,
    { taskDefinition, include }: DescribeTaskDefinitionCommandInput,
  ): object => {
    const definition = findDefinition(state, taskDefinition ?? '');
    if (!definition) throw clientException('Unable to describe task definition.');
    const tags = include?.includes('TAGS') ? { tags: state.tags.get(definition.arn) ?? [] } : {};
    return { taskDefinition: describe(definition), ...tags };
  },

  /** By family and revision, as names sort. The prefix selects one exact family. */
  ListTaskDefinitions: (
    state: EcsState,
    input: ListTaskDefinitionsCommandInput,
    context: ServiceContext,
  ): object => {
    const { familyPrefix, status = 'ACTIVE', maxResults = 100, nextToken, sort = 'ASC' } = input;
    if (maxResults < 1 || maxResults > 100) {
      throw serviceError('ecs', 'InvalidParameterException', 'maxResults must be between 1 and 100.');
    }
    const direction = sort === 'ASC' ? 1 : -1;
    const found = [...state.definitions.values()]
      .filter((one) => one.status === status && (familyPrefix === undefined || one.family === familyPrefix))
      .sort((a, b) => direction * (sortKey(a) < sortKey(b) ? -1 : 1));
    const size = Math.min(maxResults, context.definitionsOnPage ?? context.pageSize);
    const page = cutPage(found, sortKey, size, nextToken, direction === -1);
    return {
      taskDefinitionArns: page.entries.map(({ arn }) => arn),
      ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
    };
  },
};

/** By ARN, `family:revision`, or a family alone, which means its latest active revision. */
export function findDefinition(state: EcsState, name: string): TaskDefinitionState | undefined {
  const short = name.slice(name.lastIndexOf('/') + 1);
  const [family, revision] = short.split(':');
  return [...state.definitions.values()].findLast((one) =>
    revision === undefined
      ? one.family === family && one.status === 'ACTIVE'
      : one.family === family && String(one.revision) === revision,
  );
}

export function arnPrefix({ region, accountId }: ServiceContext): string {
  return `arn:aws:ecs:${region}:${accountId}`;
}

export function clientException(message: string): Error {
  return serviceError('ecs', 'ClientException', message);
}

function describe({ arn, family, revision, input, status }: TaskDefinitionState): object {
  const { tags: _, ...definition } = copyData(input);
  return { ...definition, taskDefinitionArn: arn, family, revision, status };
}

function sortKey({ family, revision }: TaskDefinitionState): string {
  return `${family}:${String(revision).padStart(6, '0')}`;
}
