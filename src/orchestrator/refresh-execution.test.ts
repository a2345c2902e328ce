import { describe, expect, it } from 'vitest';
import type { TaskState } from '../contracts/index.js';
import { createExecutionsDouble, someExecution } from './executions.double.js';
import { refreshExecution } from './refresh-execution.js';

function world(describe: () => Promise<ReadonlyMap<string, TaskState>>) {
  const execution = someExecution();
  const warnings: string[] = [];
  const dependencies = {
    executions: createExecutionsDouble(execution),
    taskObserver: { describeTasks: describe },
    log: {
      info: () => undefined,
      warn: (_fields: unknown, message: string) => void warnings.push(message),
      error: () => undefined,
    },
    now: () => new Date('2026-01-01T12:00:00Z'),
    newRequestId: () => 'follower',
  };
  return { execution, warnings, dependencies };
}

describe('a record that is read', () => {
  it('is true by the time it is seen', async () => {
    const { execution, dependencies } = world(
      async () => new Map([['task-1', { executionId: 'task-1', phase: 'running' }]]),
    );

    expect(await refreshExecution(dependencies, {}, execution)).toMatchObject({ status: 'RUNNING' });
  });

  it('stays as it was when the backend does not know the task', async () => {
    const { execution, dependencies } = world(async () => new Map());

    expect(await refreshExecution(dependencies, {}, execution)).toEqual(execution);
  });

  it('stays as it was when the backend cannot be asked', async () => {
    const { execution, warnings, dependencies } = world(() => Promise.reject(new Error('no answer')));

    expect(await refreshExecution(dependencies, {}, execution)).toEqual(execution);
    expect(warnings).toEqual(['failed to refresh an execution']);
  });

  it('is not asked about once it has ended', async () => {
    const { dependencies } = world(() => Promise.reject(new Error('asked')));
    const execution = someExecution({ status: 'STOPPED' });

    expect(await refreshExecution(dependencies, {}, execution)).toBe(execution);
  });
});
