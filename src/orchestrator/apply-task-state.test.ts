import { describe, expect, it } from 'vitest';
import type { Execution, TaskState } from '../contracts/index.js';
import { applyTaskState } from './apply-task-state.js';
import { createExecutionsDouble, someExecution } from './executions.double.js';

const now = (): Date => new Date('2026-01-01T12:00:00.000Z');
const ended = (parts: Partial<TaskState> = {}): TaskState => ({
  executionId: 'task-1',
  phase: 'ended',
  endedBy: 'exit',
  exitCode: 0,
  startedAt: new Date('2026-01-01T10:00:01.500Z'),
  endedAt: new Date('2026-01-01T10:00:09.400Z'),
  ...parts,
});

async function apply(execution: Execution, state: TaskState) {
  const executions = createExecutionsDouble(execution);
  const record = await applyTaskState({ executions, now, newRequestId: () => 'follower' }, {}, state);
  return { record, history: executions.history.get(execution.executionId) };
}

describe('the record of a task', () => {
  it('follows it into RUNNING and stays there', async () => {
    const running: TaskState = { executionId: 'task-1', phase: 'running' };

    expect((await apply(someExecution(), running)).history).toEqual(['STARTING', 'RUNNING']);
    expect((await apply(someExecution({ status: 'TERMINATING' }), running)).history).toEqual(['TERMINATING']);
    expect((await apply(someExecution(), { ...running, phase: 'starting' })).history).toEqual(['STARTING']);
  });

  it('passes through RUNNING when the task was over before anybody looked', async () => {
    const { record, history } = await apply(someExecution(), ended());

    expect(history).toEqual(['STARTING', 'RUNNING', 'SUCCEEDED']);
    expect(record).toMatchObject({
      exitCode: 0,
      completedAt: new Date('2026-01-01T10:00:09.400Z'),
      durationSeconds: 7,
      modifiedByRequestId: 'follower',
      createdByRequestId: 'request-1',
    });
  });

  it('ends STOPPED when somebody was told so, whatever the task made of it', async () => {
    const { record, history } = await apply(someExecution({ status: 'TERMINATING' }), ended({ exitCode: 3 }));

    expect(history).toEqual(['TERMINATING', 'STOPPED']);
    expect(record).toMatchObject({ exitCode: 130 });
  });

  it('ends STOPPED when the kill was faster than its record', async () => {
    expect((await apply(someExecution(), ended({ endedBy: 'kill' }))).history).toEqual([
      'STARTING',
      'RUNNING',
      'STOPPED',
    ]);
  });

  it.each(['SUCCEEDED', 'FAILED', 'STOPPED'] as const)(
    'is never written again once it is %s',
    async (status) => {
      const execution = someExecution({ status, exitCode: 5 });

      const { record, history } = await apply(execution, ended());

      expect(history).toEqual([status]);
      expect(record).toEqual(execution);
    },
  );

  it('counts from its own start and ends now when the backend does not say, and never takes less than no time', async () => {
    const unknownTimes = ended({ startedAt: undefined, endedAt: undefined });
    const { record } = await apply(someExecution({ status: 'RUNNING' }), unknownTimes);
    expect(record).toMatchObject({ completedAt: now(), durationSeconds: 7200 });

    const backwards = ended({ endedAt: new Date('2026-01-01T09:00:00Z') });
    expect((await apply(someExecution({ status: 'RUNNING' }), backwards)).record).toMatchObject({
      durationSeconds: 0,
    });
  });

  it('looks again when somebody else was faster', async () => {
    const executions = createExecutionsDouble(someExecution({ status: 'RUNNING' }));
    let isFirst = true;
    const racing = {
      ...executions,
      transition: async (...[ctx, id, move]: Parameters<typeof executions.transition>) => {
        if (isFirst) {
          isFirst = false;
          await executions.transition(ctx, id, { from: ['RUNNING'], to: 'TERMINATING' });
        }
        return executions.transition(ctx, id, move);
      },
    };

    await applyTaskState({ executions: racing, now, newRequestId: () => '' }, {}, ended());

    expect(executions.history.get('task-1')).toEqual(['RUNNING', 'TERMINATING', 'STOPPED']);
  });

  it('may not exist yet', async () => {
    const executions = createExecutionsDouble();

    expect(await applyTaskState({ executions, now, newRequestId: () => '' }, {}, ended())).toBeUndefined();
  });

  it('is given up when the store does not keep what it says it wrote', async () => {
    const executions = { findExecution: async () => someExecution(), transition: async () => true };

    await expect(applyTaskState({ executions, now, newRequestId: () => '' }, {}, ended())).rejects.toThrow(
      'does not keep',
    );
  });
});
