import { describe, expect, it } from 'vitest';

import type { TaskRequest } from '../../src/contracts/index.js';
import { type Call, ctx, now, scriptedFacets, sdkError, type Step, user } from './scripted-facets.js';

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
    });
  });

  it('does not tell of a task that nobody could ask for', async () => {
    const { taskExecutor } = scriptedFacets([['ecs.RunTask', { tasks: [{ createdAt }] }]]);

    await expect(taskExecutor.startTask(ctx, user, { command: 'x', imageId })).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
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
