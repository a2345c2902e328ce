import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';

import { toTaskDescription } from './task-description.js';
import { outOfTime, toTaskState } from './task-state.js';

const [first, second, third] = [1, 2, 3].map((seconds) => new Date(seconds * 1_000)) as [Date, Date, Date];
const stopped = (exitCode: number | undefined, more: Partial<Task> = {}): Task => ({
  taskArn: 'arn:aws:ecs:us-east-1:123456789012:task/cluster/id',
  lastStatus: 'STOPPED',
  stopCode: 'EssentialContainerExited',
  containers: [{ name: 'runner', exitCode }],
  ...more,
});

describe('how a task of ECS has ended', () => {
  it.each([
    [128, 'exit'],
    [129, 'signal'],
    [192, 'signal'],
    [193, 'exit'],
  ])('is told by an exit code of %i: %s', (exitCode, endedBy) => {
    expect(toTaskState(stopped(exitCode))).toMatchObject({ exitCode, endedBy });
  });

  it.each([
    ['UserInitiated', outOfTime, 'timeout'],
    ['UserInitiated', 'Terminated by user via kill endpoint', 'kill'],
    // Whoever lets a service or a container say so has not stopped the task for it.
    ['EssentialContainerExited', outOfTime, 'exit'],
  ])('is told by its stop code %s and its reason "%s": %s', (stopCode, stoppedReason, endedBy) => {
    expect(toTaskState(stopped(1, { stopCode: stopCode as 'UserInitiated', stoppedReason }))).toMatchObject({
      endedBy,
    });
  });
});

describe('the times of a task of ECS', () => {
  it('are of its end, not of the beginning of its end', () => {
    expect(toTaskState(stopped(0, { stoppingAt: first, stoppedAt: second })).endedAt).toEqual(second);
  });

  it('are when it was asked for, or else what comes next', () => {
    const overrides = {
      containerOverrides: [{ name: 'runner', environment: [{ name: 'RUNVOY_COMMAND', value: 'x' }] }],
    };
    const createdAtOf = (times: Partial<Task>) =>
      toTaskDescription(stopped(0, { overrides, ...times }))?.createdAt;
    const all = { createdAt: first, startedAt: second, stoppedAt: third };

    expect(createdAtOf(all)).toEqual(first);
    expect(createdAtOf({ ...all, createdAt: undefined })).toEqual(second);
    expect(createdAtOf({ stoppedAt: third })).toEqual(third);
    expect(createdAtOf({})).toEqual(new Date(0));
  });
});
