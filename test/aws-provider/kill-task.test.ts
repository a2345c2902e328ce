import { describe, expect, it } from 'vitest';

import { type Call, ctx, scriptedFacets, sdkError, type Step } from './scripted-facets.js';

const id = '0123456789abcdef0123456789abcdef';
const cluster = 'runvoy-cluster';
const taskArn = `arn:aws:ecs:us-east-1:123456789012:task/${cluster}/${id}`;
const described = (lastStatus: string): Step => ['ecs.DescribeTasks', { tasks: [{ taskArn, lastStatus }] }];
const describeCall: Call = ['ecs.DescribeTasks', { cluster, tasks: [id] }];
const stopCall: Call = [
  'ecs.StopTask',
  { cluster, task: taskArn, reason: 'Terminated by user via kill endpoint' },
];

describe('killTask on ECS', () => {
  it.each(['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING'])('stops a task that is %s', async (status) => {
    const { taskExecutor, calls } = scriptedFacets([described(status), ['ecs.StopTask', { task: {} }]]);

    await taskExecutor.killTask(ctx, id);

    expect(calls).toStrictEqual([describeCall, stopCall]);
  });

  it.each(['DEACTIVATING', 'STOPPING', 'STOPPED'])('refuses a task that is %s', async (status) => {
    const { taskExecutor, calls } = scriptedFacets([described(status)]);

    await expect(taskExecutor.killTask(ctx, id)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: 'task is already terminated or terminating',
      cause: new Error(`task status: ${status}`),
    });
    expect(calls).toStrictEqual([describeCall]);
  });

  it('refuses a task that was told to stop already', async () => {
    const { taskExecutor, calls } = scriptedFacets([
      ['ecs.DescribeTasks', { tasks: [{ taskArn, lastStatus: 'RUNNING', desiredStatus: 'STOPPED' }] }],
    ]);

    await expect(taskExecutor.killTask(ctx, id)).rejects.toMatchObject({
      message: 'task is already terminated or terminating',
      cause: new Error('task status: STOPPING'),
    });
    expect(calls).toHaveLength(1);
  });

  it.each(['DEPROVISIONING', ''])('refuses a task that is "%s"', async (status) => {
    const { taskExecutor } = scriptedFacets([described(status)]);

    await expect(taskExecutor.killTask(ctx, id)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: 'task cannot be terminated in current state',
      cause: new Error(`task status: ${status}, expected: PROVISIONING, PENDING, ACTIVATING, RUNNING`),
    });
  });

  it('refuses a task of which ECS does not say how far it is', async () => {
    const { taskExecutor } = scriptedFacets([['ecs.DescribeTasks', { tasks: [{ taskArn }] }]]);

    await expect(taskExecutor.killTask(ctx, id)).rejects.toMatchObject({
      cause: new Error('task status: , expected: PROVISIONING, PENDING, ACTIVATING, RUNNING'),
    });
  });

  it('notes which task it has stopped, and where that stood', async () => {
    const { taskExecutor, records } = scriptedFacets([described('PENDING'), ['ecs.StopTask', {}]]);

    await taskExecutor.killTask(ctx, id);

    expect(records).toEqual([
      {
        level: 'info',
        event: 'task termination initiated',
        fields: { executionId: id, lastStatus: 'PENDING' },
      },
    ]);
  });

  it('stops a task by its ID where ECS does not give its ARN', async () => {
    const { taskExecutor, calls } = scriptedFacets([
      ['ecs.DescribeTasks', { tasks: [{ lastStatus: 'RUNNING' }] }],
      ['ecs.StopTask', {}],
    ]);

    await taskExecutor.killTask(ctx, id);

    expect(calls[1]).toStrictEqual(['ecs.StopTask', { ...(stopCall[1] as object), task: id }]);
  });

  it('does not find a task where ECS answers without any list', async () => {
    const { taskExecutor } = scriptedFacets([['ecs.DescribeTasks', {}]]);

    await expect(taskExecutor.killTask(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('has stopped a task even when ECS answers without it', async () => {
    const { taskExecutor } = scriptedFacets([described('RUNNING'), ['ecs.StopTask', {}]]);

    await expect(taskExecutor.killTask(ctx, id)).resolves.toBeUndefined();
  });

  it('does not find a task that ECS does not know', async () => {
    const failures = [{ arn: taskArn, reason: 'MISSING' }];
    const { taskExecutor } = scriptedFacets([['ecs.DescribeTasks', { tasks: [], failures }]]);

    await expect(taskExecutor.killTask(ctx, id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'task not found',
      cause: new Error(`${taskArn}: MISSING`),
    });
  });

  it.each(['', 'zzz', id.toUpperCase(), `${id}0`, taskArn])(
    'does not ask ECS for "%s", which no task can have as ID',
    async (executionId) => {
      const { taskExecutor, calls } = scriptedFacets([]);

      await expect(taskExecutor.killTask(ctx, executionId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(calls).toEqual([]);
    },
  );

  it('says what failed when ECS does', async () => {
    const outage = sdkError('ServerException');
    const describing = scriptedFacets([['ecs.DescribeTasks', outage]]);
    await expect(describing.taskExecutor.killTask(ctx, id)).rejects.toMatchObject({
      message: 'failed to describe task',
      cause: outage,
    });

    const stopping = scriptedFacets([described('RUNNING'), ['ecs.StopTask', outage]]);
    await expect(stopping.taskExecutor.killTask(ctx, id)).rejects.toMatchObject({
      message: 'failed to stop task',
      cause: outage,
    });
  });
});
