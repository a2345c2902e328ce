import type {
  DescribeTasksCommandInput,
  ListTasksCommandInput,
  RunTaskCommandInput,
  StopTaskCommandInput,
} from '@aws-sdk/client-ecs';
import { copyData, settled } from '../copy-data.js';
import { cutPage } from '../page.js';
import type { ServiceContext } from '../service-context.js';
import { serviceError } from '../service-error.js';
import type { EcsState, TaskState } from './ecs-state.js';
import { arnPrefix, clientException, findDefinition } from './task-definitions.js';
import { setTags } from './tags.js';

/** Operation → what it does to the state and answers. */
export const taskOperations = {
  RunTask: (state: EcsState, input: RunTaskCommandInput, context: ServiceContext): object => {
    const cluster = clusterOf(state, input.cluster);
    const { clientToken, count = 1, taskDefinition = '' } = input;
    const known = clientToken === undefined ? undefined : state.clientTokens.get(clientToken);
    if (known) return { tasks: known.map((arn) => describe(taskAt(state, arn))), failures: [] };

    if (taskDefinition === '') {
      throw serviceError('ecs', 'InvalidParameterException', 'TaskDefinition can not be blank.');
    }
    const definition = findDefinition(state, taskDefinition);
    if (!definition) throw clientException('TaskDefinition not found.');
    if (definition.status !== 'ACTIVE') throw clientException('TaskDefinition is inactive');
    refuseUnknownContainers(definition.input.containerDefinitions ?? [], input);

    const arns = Array.from({ length: count }, () => {
      const id = context.nextNumber().toString(16).padStart(32, '0');
      const arn = `${arnPrefix(context)}:task/${cluster}/${id}`;
      const createdAt = context.now();
      state.tasks.set(arn, {
        arn,
        id,
        input: settled(input),
        definition,
        createdAt,
        lastStatus: 'PROVISIONING',
        desiredStatus: 'RUNNING',
        exitCodes: {},
      });
      if (input.tags) setTags(state, arn, input.tags);
      return arn;
    });
    if (clientToken !== undefined) state.clientTokens.set(clientToken, arns);
    return { tasks: arns.map((arn) => describe(taskAt(state, arn))), failures: [] };
  },

  DescribeTasks: (state: EcsState, { cluster, tasks = [], include }: DescribeTasksCommandInput): object => {
    clusterOf(state, cluster);
    if (tasks.length === 0 || tasks.length > 100) {
      throw serviceError('ecs', 'InvalidParameterException', 'Tasks must have between 1 and 100 entries.');
    }
    const found: object[] = [];
    const failures: object[] = [];
    for (const name of tasks) {
      const task = findTask(state, name);
      const tags = include?.includes('TAGS') && task ? { tags: state.tags.get(task.arn) ?? [] } : {};
      if (task) found.push({ ...describe(task), ...tags });
      else failures.push({ arn: name, reason: 'MISSING' });
    }
    return { tasks: found, failures };
  },

  /** Tasks that start or run are listed as RUNNING: what counts is what is desired. */
  ListTasks: (state: EcsState, input: ListTasksCommandInput, context: ServiceContext): object => {
    clusterOf(state, input.cluster);
    const { desiredStatus = 'RUNNING', family, startedBy, maxResults = 100, nextToken } = input;
    const found = [...state.tasks.values()]
      .filter((task) => task.desiredStatus === desiredStatus)
      .filter((task) => family === undefined || task.definition.family === family)
      .filter((task) => startedBy === undefined || task.input.startedBy === startedBy)
      .sort((a, b) => (a.arn < b.arn ? -1 : 1));
    const page = cutPage(found, ({ arn }) => arn, Math.min(maxResults, context.pageSize), nextToken);
    return {
      taskArns: page.entries.map(({ arn }) => arn),
      ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
    };
  },

  /** Only the wish changes at once; the task ends later. An ended task stays as it is. */
  StopTask: (
    state: EcsState,
    { cluster, task: name = '', reason }: StopTaskCommandInput,
    context: ServiceContext,
  ): object => {
    clusterOf(state, cluster);
    const task = findTask(state, name);
    if (!task) throw serviceError('ecs', 'InvalidParameterException', 'The referenced task was not found.');
    if (task.desiredStatus === 'RUNNING') {
      task.desiredStatus = 'STOPPED';
      task.stoppingAt = context.now();
      task.stopCode = 'UserInitiated';
      task.stoppedReason = reason ?? 'Task stopped by user';
    }
    return { task: describe(task) };
  },
};

/** By ARN or ID. */
export function findTask(state: EcsState, name: string): TaskState | undefined {
  return state.tasks.get(name) ?? [...state.tasks.values()].find(({ id }) => id === name);
}

function taskAt(state: EcsState, arn: string): TaskState {
  const task = state.tasks.get(arn);
  if (!task) throw new Error(`No task ${arn} in the model.`);
  return task;
}

function clusterOf(state: EcsState, cluster = 'default'): string {
  const name = cluster.slice(cluster.lastIndexOf('/') + 1);
  if (state.clusters.has(name)) return name;
  throw serviceError('ecs', 'ClusterNotFoundException', 'Cluster not found.');
}

function refuseUnknownContainers(
  containers: readonly { readonly name?: string | undefined }[],
  { overrides }: RunTaskCommandInput,
): void {
  const names = new Set(containers.map(({ name }) => name));
  const unknown = overrides?.containerOverrides?.find(({ name }) => !names.has(name));
  if (unknown) {
    throw serviceError(
      'ecs',
      'InvalidParameterException',
      `Override for container named ${unknown.name ?? ''} is not a container in the TaskDefinition.`,
    );
  }
}

function describe(task: TaskState): object {
  const { arn, definition, input, createdAt, lastStatus, desiredStatus, exitCodes } = task;
  const { startedAt, stoppingAt, stoppedAt, stopCode, stoppedReason } = task;
  return copyData({
    taskArn: arn,
    clusterArn: arn.replace(':task/', ':cluster/').replace(/\/[^/]*$/, ''),
    taskDefinitionArn: definition.arn,
    group: `family:${definition.family}`,
    launchType: input.launchType,
    overrides: input.overrides,
    cpu: definition.input.cpu,
    memory: definition.input.memory,
    containers: (definition.input.containerDefinitions ?? []).map(({ name = '' }) => ({
      name,
      lastStatus: lastStatus === 'RUNNING' || lastStatus === 'STOPPED' ? lastStatus : 'PENDING',
      ...(exitCodes[name] !== undefined && { exitCode: exitCodes[name] }),
    })),
    createdAt,
    lastStatus,
    desiredStatus,
    ...(startedAt && { startedAt }),
    ...(stoppingAt && { stoppingAt }),
    ...(stoppedAt && { stoppedAt }),
    ...(stopCode && { stopCode }),
    ...(stoppedReason !== undefined && { stoppedReason }),
  });
}
