import {
  DescribeTasksCommand,
  ListTasksCommand,
  type ListTasksCommandOutput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';

import type { RequestContext, TaskObserver } from '../../contracts/index.js';
import type { Ecs } from './aws-clients.js';
import type { TaskSettings } from './aws-settings.js';
import type { Log } from './log.js';
import { createOpenTasks, type OpenTasks } from './open-tasks.js';
import { readPages } from './read-pages.js';
import { sendOptions } from './send-options.js';
import type { Sleep } from './sleep.js';
import { toTaskDescription } from './task-description.js';
import { isTaskId } from './task-id.js';
import { outOfTime, toTaskState } from './task-state.js';
import { timeLimitOf } from './time-limit.js';
import { naming } from './translate-error.js';
import { type WatchedTask, watchOpenTasks } from './watch-open-tasks.js';

/** What tasks are observed with. */
export interface EcsTaskObserverOptions {
  readonly ecs: Ecs;
  readonly settings: Pick<TaskSettings, 'cluster'>;
  readonly sleep: Sleep;
  readonly now: () => Date;
  /** What a watch looks at. Default: nothing. */
  readonly openTasks?: OpenTasks | undefined;
  /** Milliseconds between two looks of a watch. Default 5,000. */
  readonly pollInterval?: number | undefined;
  readonly log?: Pick<Log, 'warn'> | undefined;
}

/** ECS describes no more tasks in one call. */
const describableAtOnce = 100;

/** Asks ECS what became of tasks. It remembers a stopped task for about an hour; a watch polls those that are open. */
export function createEcsTaskObserver({
  ecs,
  settings: { cluster },
  sleep,
  now,
  openTasks = createOpenTasks(),
  pollInterval = 5_000,
  log,
}: EcsTaskObserverOptions): TaskObserver {
  const describe = async (ctx: RequestContext, tasks: readonly string[]): Promise<Task[]> => {
    const described: Task[] = [];
    for (let start = 0; start < tasks.length; start += describableAtOnce) {
      const chunk = tasks.slice(start, start + describableAtOnce);
      const command = new DescribeTasksCommand({ cluster, tasks: chunk, include: ['TAGS'] });
      const output = await naming('failed to describe tasks', () => ecs.send(command, sendOptions(ctx)));
      described.push(...(output.tasks ?? []));
    }
    return described;
  };

  const listArns = async (ctx: RequestContext, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<string[]> => {
    const arns: string[] = [];
    const pages = readPages<ListTasksCommandOutput, string>({
      read: (nextToken) => {
        const from = nextToken === undefined ? {} : { nextToken };
        return ecs.send(new ListTasksCommand({ cluster, desiredStatus, ...from }), sendOptions(ctx));
      },
      nextOf: ({ nextToken }) => nextToken,
    });
    await naming('failed to list tasks', async () => {
      for await (const { taskArns = [] } of pages) arns.push(...taskArns);
      return arns;
    });
    return arns;
  };

  const describeAll = async (ctx: RequestContext): Promise<Task[]> => {
    // A task may change over between the two lists, so that it is on both.
    const arns = new Set([...(await listArns(ctx, 'RUNNING')), ...(await listArns(ctx, 'STOPPED'))]);
    const tasks = await describe(ctx, [...arns]);
    return tasks.filter((task) => toTaskDescription(task) !== undefined);
  };

  const describeKnown = (ctx: RequestContext, executionIds: readonly string[]): Promise<Task[]> =>
    describe(ctx, [...new Set(executionIds)].filter(isTaskId));

  const look = async (
    ctx: RequestContext,
    executionIds: readonly string[],
  ): Promise<ReadonlyMap<string, WatchedTask>> => {
    const tasks = await describeKnown(ctx, executionIds);
    const looks = tasks.map((task) => ({ state: toTaskState(task), timeLimit: timeLimitOf(task) }));
    return new Map(looks.map((one) => [one.state.executionId, one]));
  };

  const stop = async (ctx: RequestContext, task: string): Promise<void> => {
    const command = new StopTaskCommand({ cluster, task, reason: outOfTime });
    await naming('failed to stop task', () => ecs.send(command, sendOptions(ctx)));
  };

  return {
    async describeTasks(ctx, executionIds) {
      const tasks = await describeKnown(ctx, executionIds);
      return new Map(tasks.map(toTaskState).map((state) => [state.executionId, state]));
    },

    async *watchTasks(ctx) {
      try {
        yield* watchOpenTasks(ctx, {
          describe: look,
          stop,
          openTasks,
          now,
          sleep,
          pollInterval,
          log,
        });
      } catch (error) {
        if (ctx.signal?.aborted !== true) throw error;
      }
    },

    async *listTasks(ctx) {
      for (const task of await describeAll(ctx)) {
        const description = toTaskDescription(task);
        if (description !== undefined) yield description;
      }
    },
  };
}
