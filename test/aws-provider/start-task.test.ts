import { describe, expect, it } from 'vitest';

import type { TaskRequest } from '../../src/contracts/index.js';
import { createEcsTaskExecutor } from '../../src/providers/aws/ecs-task-executor.js';
import { mainScript } from '../../src/providers/aws/main-script.js';
import { sidecarScript } from '../../src/providers/aws/sidecar-script.js';
import {
  type Call,
  ctx,
  now,
  scriptedFacets,
  sdkError,
  type Step,
  taskSettings,
  user,
} from './scripted-facets.js';

const id = '0123456789abcdef0123456789abcdef';
const imageId = 'alpine:latest-c5c74c0e';
const taskArn = `arn:aws:ecs:us-east-1:123456789012:task/runvoy-cluster/${id}`;
const createdAt = new Date('2025-11-21T01:00:00Z');
const started: Step = ['ecs.RunTask', { tasks: [{ taskArn, createdAt }] }];

interface Container {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

/** The input of RunTask, its two containers apart. */
function runTaskOf([call]: readonly Call[]) {
  const { overrides, ...rest } = call?.[1] as { overrides: { containerOverrides: [Container, Container] } };
  const [sidecar, runner] = overrides.containerOverrides;
  return { rest, sidecar, runner };
}

async function run(request: Partial<TaskRequest>) {
  const { taskExecutor, calls, records } = scriptedFacets([started]);
  const task = await taskExecutor.startTask(ctx, user, { command: 'echo hi', imageId, ...request });
  return { task, calls, records, ...runTaskOf(calls) };
}

describe('startTask on ECS', () => {
  it('runs the family of the image and reads nothing', async () => {
    const { task, calls, rest, sidecar, runner } = await run({});

    expect(task).toStrictEqual({ executionId: id, createdAt });
    expect(calls.map(([operation]) => operation)).toEqual(['ecs.RunTask']);
    expect(rest).toStrictEqual({
      cluster: 'runvoy-cluster',
      taskDefinition: 'runvoy-alpine-latest-c5c74c0e',
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-a', 'subnet-b'],
          securityGroups: ['sg-1'],
          assignPublicIp: 'ENABLED',
        },
      },
      tags: [{ key: 'UserEmail', value: user }],
    });
    expect([sidecar.name, runner.name]).toEqual(['sidecar', 'runner']);
  });

  it('sends each container its script, by a shell, and its variables', async () => {
    const env = { b: '2', a: '1', RUNVOY_IMAGE_ID: 'mine', GIT_REF: 'mine' };
    const { sidecar, runner } = await run({ env });

    const git = undefined;
    const main = mainScript({ requestId: 'req-1', imageId, command: 'echo hi', git });
    expect(sidecar.command).toEqual(['/bin/sh', '-c', sidecarScript({ variableCount: 4, hasGit: false })]);
    expect(runner.command).toEqual(['/bin/sh', '-c', main]);
    expect(sidecar.environment).toEqual([
      { name: 'RUNVOY_SHARED_VOLUME_PATH', value: '/workspace' },
      { name: 'RUNVOY_ENV_FILE', value: 'GIT_REF=mine\nRUNVOY_IMAGE_ID=mine\na=1\nb=2\n' },
      { name: 'RUNVOY_GIT_USERNAME', value: '' },
      { name: 'RUNVOY_GIT_PASSWORD', value: '' },
      { name: 'RUNVOY_IMAGE_ID', value: imageId },
      { name: 'RUNVOY_REQUEST_ID', value: 'req-1' },
      { name: 'GIT_REF', value: 'mine' },
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
      { name: 'GIT_REPO', value: '' },
    ]);
    expect(runner.environment).toEqual([
      { name: 'RUNVOY_COMMAND', value: 'echo hi' },
      { name: 'GIT_REF', value: 'mine' },
      { name: 'RUNVOY_IMAGE_ID', value: 'mine' },
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ]);
  });

  it('sends what a checkout takes, and no file of variables where there are none', async () => {
    const { sidecar, runner } = await run({ gitRepo: 'https://me:pass@example.com/r.git', gitRef: 'v1' });

    expect(sidecar.command[2]).toBe(sidecarScript({ variableCount: 0, hasGit: true }));
    expect(runner.command[2]).toContain('Checked out repo => %s');
    expect(sidecar.environment).toEqual([
      { name: 'RUNVOY_SHARED_VOLUME_PATH', value: '/workspace' },
      { name: 'RUNVOY_GIT_USERNAME', value: 'me' },
      { name: 'RUNVOY_GIT_PASSWORD', value: 'pass' },
      { name: 'RUNVOY_IMAGE_ID', value: imageId },
      { name: 'RUNVOY_REQUEST_ID', value: 'req-1' },
      { name: 'GIT_REPO', value: 'https://example.com/r.git' },
      { name: 'GIT_REF', value: 'v1' },
    ]);
  });

  it('writes no ID of a request where there is none', async () => {
    const { taskExecutor, calls } = scriptedFacets([started]);

    await taskExecutor.startTask({}, user, { command: 'x', imageId });

    const { sidecar, runner } = runTaskOf(calls);
    expect(sidecar.environment).toContainEqual({ name: 'RUNVOY_REQUEST_ID', value: '' });
    expect(runner.command[2]).toContain(mainScript({ requestId: '', imageId, command: 'x', git: undefined }));
  });

  it('notes who started what, without the command', async () => {
    const { records } = await run({});

    expect(records).toEqual([
      {
        level: 'info',
        event: 'task started',
        fields: { userEmail: user, executionId: id, imageId, requestId: 'req-1' },
      },
    ]);
  });

  it('tells whoever watches the tasks', async () => {
    const { taskExecutor, openTasks } = scriptedFacets([started]);
    const open: unknown[] = [];

    await taskExecutor.startTask(ctx, user, { command: 'sleep 100', imageId });

    openTasks.subscribe((task) => open.push(task));
    expect(open).toStrictEqual([{ executionId: id, startedAt: createdAt }]);
  });

  it.each([
    [60, [{ key: 'TimeoutSeconds', value: '60' }]],
    [0, []],
    [undefined, []],
  ])('leaves a limit of %j seconds with the task, where every server finds it', async (timeout, tags) => {
    const { taskExecutor, calls } = scriptedFacets([started]);

    await taskExecutor.startTask(ctx, user, { command: 'sleep 100', imageId, timeout });

    expect(calls[0]?.[1]).toMatchObject({ tags: [{ key: 'UserEmail', value: user }, ...tags] });
  });

  it('works where nobody keeps what is open', async () => {
    const { clients, log } = scriptedFacets([started]);
    const executor = createEcsTaskExecutor({
      ecs: clients.ecs,
      settings: taskSettings,
      now: () => now,
      log,
    });

    expect(await executor.startTask(ctx, user, { command: 'x', imageId })).toMatchObject({ executionId: id });
  });

  it('starts nothing where ECS answers without any list', async () => {
    const { taskExecutor } = scriptedFacets([['ecs.RunTask', {}]]);

    await expect(taskExecutor.startTask(ctx, user, { command: 'x', imageId })).rejects.toMatchObject({
      message: 'no tasks were started',
    });
  });

  it.each([
    ['ClientException', 'The TaskDefinition not found'],
    ['ClientException', 'Subnet not found'],
    ['ServerException', 'TaskDefinition not found'],
  ])('takes %s: %s for a failure of the start', async (name, message) => {
    const { taskExecutor } = scriptedFacets([['ecs.RunTask', sdkError(name, message)]]);

    await expect(taskExecutor.startTask(ctx, user, { command: 'x', imageId })).rejects.toMatchObject({
      message: 'failed to start ECS task',
    });
  });

  it('tags tasks that have a repository', async () => {
    const { rest } = await run({ gitRepo: 'https://github.com/o/r.git' });

    expect(rest).toMatchObject({ tags: [{ key: 'UserEmail' }, { key: 'HasGitRepo', value: 'true' }] });
  });

  it('takes the time of the clock when ECS gives none', async () => {
    const { taskExecutor } = scriptedFacets([['ecs.RunTask', { tasks: [{ taskArn }] }]]);

    expect(await taskExecutor.startTask(ctx, user, { command: 'x', imageId })).toStrictEqual({
      executionId: id,
      createdAt: now,
    });
  });

  it('says why ECS started nothing', async () => {
    const failures = [
      { arn: 'arn:cluster', reason: 'RESOURCE:ENI', detail: 'none left' },
      { reason: 'AGENT' },
    ];
    const { taskExecutor } = scriptedFacets([['ecs.RunTask', { tasks: [], failures }]]);

    await expect(taskExecutor.startTask(ctx, user, { command: 'x', imageId })).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
      message: 'no tasks were started',
      cause: new Error('arn:cluster: RESOURCE:ENI (none left); AGENT'),
    });
  });

  it('takes a task definition that is not there for an image that is not registered', async () => {
    const refusal = sdkError('ClientException', 'TaskDefinition not found.');
    const { taskExecutor } = scriptedFacets([['ecs.RunTask', refusal]]);

    await expect(taskExecutor.startTask(ctx, user, { command: 'x', imageId })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: 'image not registered',
      cause: { message: 'failed to start ECS task', cause: refusal },
    });
  });

  it('does not tell of a task that nobody could ask for', async () => {
    const { taskExecutor } = scriptedFacets([['ecs.RunTask', { tasks: [{ createdAt }] }]]);

    await expect(taskExecutor.startTask(ctx, user, { command: 'x', imageId })).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
      message: 'failed to start ECS task',
      cause: new Error('ECS answered without the ARN of the task'),
    });
  });

  it('keeps what ECS threw as the cause', async () => {
    const refusal = sdkError('ClusterNotFoundException');
    const { taskExecutor } = scriptedFacets([['ecs.RunTask', refusal]]);

    await expect(taskExecutor.startTask(ctx, user, { command: 'x', imageId })).rejects.toMatchObject({
      message: 'failed to start ECS task',
      cause: refusal,
    });
  });
});
