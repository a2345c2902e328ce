import { describe, expect, it, onTestFinished } from 'vitest';

import type { TaskObserver, TaskState } from '../../src/contracts/index.js';
import { until } from '../support/until.js';
import { collect } from './collect.js';

/** An observer of a backend in which nothing was started yet, and the means to make things happen there. */
export interface TaskObserverSubject {
  readonly taskObserver: TaskObserver;
  /** Starts a task that runs until it is told to end. The user is `ada@example.com`, the request `request-1`. */
  readonly startTask: () => Promise<string>;
  /** Lets the command of a task exit. */
  readonly endTask: (executionId: string, exitCode: number) => Promise<void>;
  readonly killTask: (executionId: string) => Promise<void>;
  readonly imageId: string;
}

/** What every {@link TaskObserver} promises. */
export function taskObserverContract(name: string, make: () => Promise<TaskObserverSubject>): void {
  const ctx = { requestId: 'request-2' };

  async function untilPhase(
    { taskObserver }: TaskObserverSubject,
    executionId: string,
    phase: TaskState['phase'],
  ): Promise<TaskState | undefined> {
    return until(
      async () => (await taskObserver.describeTasks(ctx, [executionId])).get(executionId),
      (state) => state?.phase === phase,
    );
  }

  /** Collects what is watched until the test ends. */
  async function watch({ taskObserver }: TaskObserverSubject): Promise<{
    readonly states: TaskState[];
    readonly stop: () => Promise<void>;
  }> {
    const controller = new AbortController();
    const states: TaskState[] = [];
    const watching = (async () => {
      for await (const state of taskObserver.watchTasks({ signal: controller.signal })) states.push(state);
    })();
    const stop = async (): Promise<void> => {
      controller.abort();
      await watching;
    };
    onTestFinished(stop);
    return { states, stop };
  }

  const phasesOf = (states: readonly TaskState[], executionId: string): string[] =>
    states.filter((state) => state.executionId === executionId).map(({ phase }) => phase);

  describe(`task observer: ${name}`, () => {
    it('describes a task that runs', async () => {
      const subject = await make();
      const executionId = await subject.startTask();

      const state = await untilPhase(subject, executionId, 'running');

      expect(state?.executionId).toBe(executionId);
      expect(state?.startedAt).toBeInstanceOf(Date);
      expect(state?.endedAt).toBeUndefined();
      expect(state?.endedBy).toBeUndefined();
    });

    it.each([0, 1, 7, 255])('describes how a task ended that exited with %i', async (exitCode) => {
      const subject = await make();
      const executionId = await subject.startTask();
      await untilPhase(subject, executionId, 'running');

      await subject.endTask(executionId, exitCode);

      const state = await untilPhase(subject, executionId, 'ended');
      expect(state).toMatchObject({ executionId, endedBy: 'exit', exitCode });
      expect(state?.startedAt?.getTime()).toBeLessThanOrEqual(state?.endedAt?.getTime() ?? 0);
    });

    it('describes a task that was killed', async () => {
      const subject = await make();
      const executionId = await subject.startTask();

      await subject.killTask(executionId);

      expect(await untilPhase(subject, executionId, 'ended')).toMatchObject({ endedBy: 'kill' });
    });

    it('leaves out tasks that it does not know', async () => {
      const subject = await make();
      const executionId = await subject.startTask();

      const states = await subject.taskObserver.describeTasks(ctx, [
        ...['0123456789abcdef0123456789abcdef', '', '../..'],
        executionId,
      ]);

      expect([...states.keys()]).toEqual([executionId]);
    });

    it('describes nothing when asked for nothing', async () => {
      const { taskObserver } = await make();

      expect((await taskObserver.describeTasks(ctx, [])).size).toBe(0);
    });

    it('tells every watcher what becomes of a task', async () => {
      const subject = await make();
      const watches = [await watch(subject), await watch(subject)];
      const executionId = await subject.startTask();
      for (const { states } of watches) {
        await until(
          () => phasesOf(states, executionId),
          (phases) => phases.includes('running'),
        );
      }

      await subject.endTask(executionId, 3);

      for (const { states } of watches) {
        await until(
          () => phasesOf(states, executionId),
          (phases) => phases.includes('ended'),
        );
        expect(phasesOf(states, executionId)).toEqual(['running', 'ended']);
        expect(states.at(-1)).toMatchObject({ executionId, endedBy: 'exit', exitCode: 3 });
      }
    });

    it('tells nothing backwards and nothing twice, however many tasks there are', async () => {
      const subject = await make();
      const { states } = await watch(subject);
      const ids = await Promise.all(Array.from({ length: 5 }, () => subject.startTask()));

      await Promise.all(ids.map((executionId, index) => subject.endTask(executionId, index)));

      await until(
        () => states.filter(({ phase }) => phase === 'ended').length,
        (count) => count === ids.length,
      );
      for (const executionId of ids) {
        const phases = phasesOf(states, executionId).filter((phase) => phase !== 'starting');
        expect([['ended'], ['running', 'ended']]).toContainEqual(phases);
      }
    });

    it('ends a watch without an error when the signal aborts, before and while it waits', async () => {
      const subject = await make();
      const { stop } = await watch(subject);

      await stop();

      const aborted = subject.taskObserver.watchTasks({ signal: AbortSignal.abort() });
      expect(await collect(aborted)).toEqual([]);
    });

    it('watches again after the last watcher has left', async () => {
      const subject = await make();
      const first = await watch(subject);
      await first.stop();
      const { states } = await watch(subject);

      const executionId = await subject.startTask();
      await subject.endTask(executionId, 0);

      await until(
        () => phasesOf(states, executionId),
        (phases) => phases.includes('ended'),
      );
    });

    it('lists every task with what its record can be made of', async () => {
      const subject = await make();
      const running = await subject.startTask();
      const ended = await subject.startTask();
      await untilPhase(subject, running, 'running');
      await subject.endTask(ended, 4);
      await untilPhase(subject, ended, 'ended');

      const tasks = await collect(subject.taskObserver.listTasks(ctx));

      expect(tasks.map(({ executionId }) => executionId).sort()).toEqual([running, ended].sort());
      const known = { userEmail: 'ada@example.com', imageId: subject.imageId, requestId: 'request-1' };
      expect(tasks.find(({ executionId }) => executionId === running)).toMatchObject({
        ...known,
        phase: 'running',
      });
      expect(tasks.find(({ executionId }) => executionId === ended)).toMatchObject({
        ...known,
        phase: 'ended',
        exitCode: 4,
        endedBy: 'exit',
      });
      for (const task of tasks) {
        expect(task.createdAt).toBeInstanceOf(Date);
        expect(task.command).not.toBe('');
      }
    });
  });
}
