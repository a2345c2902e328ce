import { describe, expect, it } from 'vitest';

import type { TaskState } from '../../src/contracts/index.js';
import { type Call, now, scriptedFacets, sdkError, type Step } from './scripted-facets.js';

const ctx = {};
const cluster = 'runvoy-cluster';
const idOf = (digit: string) => digit.repeat(32);
const arnOf = (id: string) => `arn:aws:ecs:us-east-1:123456789012:task/${cluster}/${id}`;
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const overrides = {
  containerOverrides: [
    {
      name: 'sidecar',
      environment: [
        { name: 'RUNVOY_IMAGE_ID', value: 'a:1-00000000' },
        { name: 'RUNVOY_REQUEST_ID', value: 'req-1' },
      ],
    },
    {
      name: 'runner',
      environment: [
        { name: 'RUNVOY_COMMAND', value: 'echo hi' },
        { name: 'RUNVOY_COMMAND', value: 'not this one' },
      ],
    },
  ],
};
const task = (id: string, more: object) => ({
  taskArn: arnOf(id),
  createdAt: at(0),
  overrides,
  tags: [{ key: 'UserEmail', value: 'ada@example.com' }],
  ...more,
});
const stopped = (exitCode: number | undefined, stopCode: string) => ({
  lastStatus: 'STOPPED',
  startedAt: at(1),
  stoppedAt: at(2),
  stopCode,
  containers: [
    { name: 'sidecar', exitCode: 0 },
    { name: 'runner', exitCode },
  ],
});

describe('describeTasks on ECS', () => {
  it.each<[object, Omit<TaskState, 'executionId'>]>([
    [{ lastStatus: 'PROVISIONING' }, { phase: 'starting' }],
    [{ lastStatus: 'PENDING' }, { phase: 'starting' }],
    [{ lastStatus: 'DEPROVISIONING' }, { phase: 'starting' }],
    [
      { lastStatus: 'RUNNING', startedAt: at(1) },
      { phase: 'running', startedAt: at(1) },
    ],
    [
      { lastStatus: 'DEPROVISIONING', startedAt: at(1) },
      { phase: 'running', startedAt: at(1) },
    ],
    [
      stopped(0, 'EssentialContainerExited'),
      { phase: 'ended', startedAt: at(1), endedAt: at(2), exitCode: 0, endedBy: 'exit' },
    ],
    [
      stopped(137, 'EssentialContainerExited'),
      { phase: 'ended', startedAt: at(1), endedAt: at(2), exitCode: 137, endedBy: 'signal' },
    ],
    [
      stopped(143, 'UserInitiated'),
      { phase: 'ended', startedAt: at(1), endedAt: at(2), exitCode: 143, endedBy: 'kill' },
    ],
    [
      stopped(undefined, 'EssentialContainerExited'),
      { phase: 'ended', startedAt: at(1), endedAt: at(2), endedBy: 'failed-to-start' },
    ],
    [
      { lastStatus: 'STOPPED', stoppedAt: at(2), stopCode: 'TaskFailedToStart' },
      { phase: 'ended', endedAt: at(2), endedBy: 'failed-to-start' },
    ],
    [
      { lastStatus: 'STOPPED', stoppingAt: at(2), stopCode: 'SpotInterruption' },
      { phase: 'ended', endedAt: at(2), endedBy: 'lost' },
    ],
  ])('reads %j', async (members, state) => {
    const id = idOf('a');
    const { taskObserver } = scriptedFacets([['ecs.DescribeTasks', { tasks: [task(id, members)] }]]);

    const states = await taskObserver.describeTasks(ctx, [id]);

    expect(states.get(id)).toStrictEqual({ executionId: id, ...state });
  });

  it('asks for a hundred at a time, and for no ID that no task can have', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => index.toString(16).padStart(32, '0'));
    const { taskObserver, calls } = scriptedFacets([['ecs.DescribeTasks'], ['ecs.DescribeTasks']]);

    expect((await taskObserver.describeTasks(ctx, ['', '../..', ...ids, ...ids])).size).toBe(0);

    expect(calls).toStrictEqual([
      ['ecs.DescribeTasks', { cluster, tasks: ids.slice(0, 100), include: ['TAGS'] }],
      ['ecs.DescribeTasks', { cluster, tasks: ids.slice(100), include: ['TAGS'] }],
    ]);
  });
});

describe('listTasks on ECS', () => {
  const [a, b] = [idOf('a'), idOf('b')];
  it('lists our tasks on every page with what is needed to make their records', async () => {
    const { taskObserver, calls } = scriptedFacets([
      ['ecs.ListTasks', { taskArns: [arnOf(a)], nextToken: 't1' }],
      ['ecs.ListTasks', { taskArns: [arnOf(b)] }],
      ['ecs.ListTasks', { taskArns: [arnOf(b)] }],
      [
        'ecs.DescribeTasks',
        { tasks: [task(a, { lastStatus: 'PENDING' }), { taskArn: arnOf(b), lastStatus: 'RUNNING' }] },
      ],
    ]);

    const tasks = [];
    for await (const each of taskObserver.listTasks(ctx)) tasks.push(each);

    expect(tasks).toStrictEqual([
      {
        executionId: a,
        phase: 'starting',
        userEmail: 'ada@example.com',
        imageId: 'a:1-00000000',
        command: 'echo hi',
        createdAt: at(0),
        requestId: 'req-1',
      },
    ]);
    expect(calls).toStrictEqual([
      ['ecs.ListTasks', { cluster, desiredStatus: 'RUNNING' }],
      ['ecs.ListTasks', { cluster, desiredStatus: 'RUNNING', nextToken: 't1' }],
      ['ecs.ListTasks', { cluster, desiredStatus: 'STOPPED' }],
      ['ecs.DescribeTasks', { cluster, tasks: [arnOf(a), arnOf(b)], include: ['TAGS'] }],
    ]);
  });
});

describe('watchTasks on ECS', () => {
  const [a, b, c] = [idOf('a'), idOf('b'), idOf('c')];
  const describing = (...tasks: object[]): Step => ['ecs.DescribeTasks', { tasks }];
  const running = (id: string): object => task(id, { lastStatus: 'RUNNING', startedAt: at(1) });
  const asked = (calls: readonly Call[]): unknown[] =>
    calls.map(([, input]) => (input as { tasks: string[] }).tasks);

  async function untilEnded(states: AsyncIterable<TaskState>, last: string): Promise<string[]> {
    const seen: string[] = [];
    for await (const { executionId, phase } of states) {
      seen.push(`${executionId.slice(0, 1)} ${phase}`);
      if (phase === 'ended' && executionId === last) break;
    }
    return seen;
  }

  it('asks for the tasks that are open, tells each change once, and waits between two looks', async () => {
    const { taskObserver, openTasks, waits, calls } = scriptedFacets([
      describing(task(a, { lastStatus: 'PENDING' })),
      describing(task(a, { lastStatus: 'ACTIVATING' }), running(b)),
      describing(task(a, stopped(3, 'EssentialContainerExited')), running(b)),
      describing(task(b, stopped(0, 'EssentialContainerExited'))),
    ]);
    openTasks.add({ executionId: a, startedAt: now });
    const watch = taskObserver.watchTasks(ctx)[Symbol.asyncIterator]();
    const first = await watch.next();
    openTasks.add({ executionId: b, startedAt: now });

    const seen = await untilEnded({ [Symbol.asyncIterator]: () => watch }, b);

    expect(first.value).toMatchObject({ executionId: a, phase: 'starting' });
    expect(seen).toEqual(['b running', 'a ended', 'b ended']);
    expect(asked(calls)).toEqual([[a], [a, b], [a, b], [b]]);
    expect(waits).toEqual([5_000, 5_000, 5_000]);
  });

  it('tells that a task is lost which ECS no longer knows after an hour, and waits for a younger one', async () => {
    const { taskObserver, openTasks } = scriptedFacets([describing(), describing(running(b))]);
    openTasks.add({ executionId: a, startedAt: new Date(now.getTime() - 3_600_000) });
    openTasks.add({ executionId: b, startedAt: new Date(now.getTime() - 3_599_000) });
    const watch = taskObserver.watchTasks(ctx)[Symbol.asyncIterator]();

    expect((await watch.next()).value).toEqual({ executionId: a, phase: 'ended', endedBy: 'lost' });
    expect((await watch.next()).value).toMatchObject({ executionId: b, phase: 'running' });
  });

  it('stops a task that runs longer than it may, once, and tells that it ran out of time', async () => {
    const begun = { startedAt: new Date(now.getTime() - 60_000) };
    const ranOut = {
      ...begun,
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'refacet: the command ran out of time',
      containers: [{ name: 'runner', exitCode: 137 }],
    };
    const limited = (value: string) => ({
      ...{ lastStatus: 'RUNNING', ...begun },
      tags: [
        { key: 'UserEmail', value: 'ada@example.com' },
        { key: 'TimeoutSeconds', value },
      ],
    });
    const others = ['61', '', '0', 'never'].map((value, index) => task(idOf(`${index}`), limited(value)));
    const look = describing(task(a, limited('60')), ...others);
    const { taskObserver, openTasks, calls } = scriptedFacets([
      look,
      ['ecs.StopTask', { task: {} }],
      look,
      describing(task(a, ranOut)),
    ]);
    openTasks.add({ executionId: a, startedAt: now });
    for (const index of others.keys()) openTasks.add({ executionId: idOf(`${index}`), startedAt: now });

    const states: TaskState[] = [];
    for await (const state of taskObserver.watchTasks(ctx)) {
      states.push(state);
      if (state.phase === 'ended') break;
    }

    expect(states.at(-1)).toMatchObject({ executionId: a, endedBy: 'timeout' });
    expect(calls.filter(([operation]) => operation === 'ecs.StopTask')).toStrictEqual([
      ['ecs.StopTask', { cluster, task: a, reason: 'refacet: the command ran out of time' }],
    ]);
  });

  it('takes no task for lost when the clock has stepped back', async () => {
    const { taskObserver, openTasks } = scriptedFacets([describing(), describing(running(a))]);
    openTasks.add({ executionId: a, startedAt: new Date(now.getTime() + 7_200_000) });

    const watch = taskObserver.watchTasks(ctx)[Symbol.asyncIterator]();

    expect((await watch.next()).value).toMatchObject({ phase: 'running' });
  });

  it('waits an outage out, longer each time, and says so', async () => {
    const { taskObserver, openTasks, waits, records } = scriptedFacets([
      ['ecs.DescribeTasks', sdkError('ThrottlingException')],
      ['ecs.DescribeTasks', sdkError('ThrottlingException')],
      describing(running(c)),
    ]);
    openTasks.add({ executionId: c, startedAt: now });

    const watch = taskObserver.watchTasks(ctx)[Symbol.asyncIterator]();

    expect((await watch.next()).value).toMatchObject({ phase: 'running' });
    expect(waits).toEqual([10_000, 20_000]);
    expect(records).toHaveLength(2);
  });

  it('ends a watch without an error when the signal aborts, and passes refusals on', async () => {
    const controller = new AbortController();
    const aborted = scriptedFacets([['ecs.DescribeTasks', sdkError('AbortError')]]);
    aborted.openTasks.add({ executionId: a, startedAt: now });
    controller.abort();
    const watch = aborted.taskObserver.watchTasks({ signal: controller.signal });
    expect((await watch[Symbol.asyncIterator]().next()).done).toBe(true);

    const failing = scriptedFacets([['ecs.DescribeTasks', sdkError('AccessDeniedException')]]);
    failing.openTasks.add({ executionId: a, startedAt: now });
    await expect(failing.taskObserver.watchTasks(ctx)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
      message: 'failed to describe tasks',
    });
  });
});
