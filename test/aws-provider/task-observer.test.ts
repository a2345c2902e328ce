import { describe, expect, it } from 'vitest';

import type { TaskState } from '../../src/contracts/index.js';
import { scriptedFacets, sdkError, type Step } from './scripted-facets.js';

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

describe('listTasks and watchTasks on ECS', () => {
  const [a, b] = [idOf('a'), idOf('b')];
  const look = (running: string[], ended: string[], tasks: object[]): Step[] => [
    ['ecs.ListTasks', { taskArns: running.map(arnOf) }],
    ['ecs.ListTasks', { taskArns: ended.map(arnOf) }],
    ['ecs.DescribeTasks', { tasks }],
  ];

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

  it('tells each change once, and waits between two looks', async () => {
    const running = task(b, { lastStatus: 'RUNNING', startedAt: at(1) });
    const { taskObserver, waits } = scriptedFacets([
      ...look([a], [], [task(a, { lastStatus: 'PENDING' })]),
      ...look([a, b], [], [task(a, { lastStatus: 'ACTIVATING' }), running]),
      ...look([b], [a], [task(a, stopped(3, 'EssentialContainerExited')), running]),
    ]);
    const seen: string[] = [];

    for await (const { executionId, phase } of taskObserver.watchTasks(ctx)) {
      seen.push(`${executionId.slice(0, 1)} ${phase}`);
      if (phase === 'ended') break;
    }

    expect(seen).toEqual(['a starting', 'b running', 'a ended']);
    expect(waits).toEqual([5_000, 5_000]);
  });

  it('ends a watch without an error when the signal aborts, and passes other failures on', async () => {
    const controller = new AbortController();
    const aborted = scriptedFacets([['ecs.ListTasks', sdkError('AbortError')]]);
    controller.abort();
    const watch = aborted.taskObserver.watchTasks({ signal: controller.signal });
    expect((await watch[Symbol.asyncIterator]().next()).done).toBe(true);

    const failing = scriptedFacets([['ecs.ListTasks', sdkError('ServerException')]]);
    await expect(failing.taskObserver.watchTasks(ctx)[Symbol.asyncIterator]().next()).rejects.toThrow(
      'failed to list tasks',
    );
  });
});
