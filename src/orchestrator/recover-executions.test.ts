import { describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { Execution, ProviderUpkeep, TaskDescription } from '../contracts/index.js';
import { createExecutionsDouble, someExecution } from './executions.double.js';
import {
  recoverExecutions,
  type RecoverExecutionsDependencies,
  recoverYoungTasks,
} from './recover-executions.js';

const description: TaskDescription = {
  executionId: 'task-1',
  phase: 'running',
  userEmail: 'dev@example.com',
  imageId: 'alpine:3-12345678',
  command: 'sleep 60',
  createdAt: new Date('2026-01-01T10:00:00Z'),
  requestId: 'request-1',
};

async function recover(
  records: readonly Execution[],
  tasks: readonly TaskDescription[],
  kill: () => Promise<void> = async () => undefined,
  upkeep?: ProviderUpkeep,
) {
  const executions = createExecutionsDouble(...records);
  const killed: string[] = [];
  const logged: string[] = [];
  const log = (_fields: unknown, message: string): void => void logged.push(message);
  const dependencies: RecoverExecutionsDependencies = {
    upkeep,
    executions,
    taskObserver: {
      describeTasks: async (_ctx, ids) =>
        new Map(
          tasks.filter(({ executionId }) => ids.includes(executionId)).map((one) => [one.executionId, one]),
        ),
      listTasks: async function* () {
        yield* tasks;
      },
    },
    taskExecutor: {
      killTask: async (_ctx, executionId) => {
        killed.push(executionId);
        await kill();
      },
    },
    providerName: 'local',
    log: { info: log, warn: log, error: log },
    now: () => new Date('2026-01-01T12:00:00Z'),
    newRequestId: () => 'recovery',
  };
  const young = await recoverExecutions(dependencies, {});
  const recoverYoung = () => recoverYoungTasks({ ...dependencies, upkeep: { recordedWithin: 1 } }, {}, young);
  return { executions, killed, logged, young, recoverYoung };
}

describe('recovery at the start', () => {
  it('makes the record that a crash left out, as the start would have made it', async () => {
    const { executions } = await recover([], [description]);

    expect(executions.history.get('task-1')).toEqual(['STARTING', 'RUNNING']);
    expect(executions.records.get('task-1')).toMatchObject({
      createdBy: 'dev@example.com',
      ownedBy: ['dev@example.com'],
      command: 'sleep 60',
      startedAt: description.createdAt,
      createdByRequestId: 'request-1',
      cloud: 'local',
    });
  });

  it('stops a task that it cannot describe', async () => {
    const { executions, killed } = await recover([], [{ ...description, userEmail: '' }]);

    expect(killed).toEqual(['task-1']);
    expect(executions.records.size).toBe(0);
  });

  it('leaves such a task alone when it has ended, and does not mind when it ends just now', async () => {
    const refuse = () => Promise.reject(new AppError('INVALID_REQUEST', 'task has ended'));

    expect((await recover([], [{ ...description, command: '', phase: 'ended' }])).killed).toEqual([]);
    expect((await recover([], [{ ...description, command: '' }], refuse)).logged).toEqual([]);
  });

  it('ends executions whose tasks nobody knows any more', async () => {
    const { executions } = await recover(
      [
        someExecution({ executionId: 'starting' }),
        someExecution({ executionId: 'running', status: 'RUNNING' }),
        someExecution({ executionId: 'terminating', status: 'TERMINATING' }),
        someExecution({ executionId: 'ended', status: 'SUCCEEDED' }),
      ],
      [],
    );

    const outcome = [...executions.records.values()].map(({ executionId, status, exitCode }) => [
      executionId,
      status,
      exitCode,
    ]);
    expect(outcome).toEqual([
      ['starting', 'FAILED', 1],
      ['running', 'FAILED', 1],
      ['terminating', 'STOPPED', 130],
      ['ended', 'SUCCEEDED', 0],
    ]);
  });

  it('brings executions up to date whose tasks ended meanwhile', async () => {
    const { executions } = await recover(
      [someExecution({ status: 'RUNNING' })],
      [{ ...description, phase: 'ended', endedBy: 'exit', exitCode: 3 }],
    );

    expect(executions.records.get('task-1')).toMatchObject({ status: 'FAILED', exitCode: 3 });
  });

  it('does not let one task keep the others from being recovered', async () => {
    const outage = () => Promise.reject(new AppError('SERVICE_UNAVAILABLE', 'no answer'));

    const { executions, logged } = await recover(
      [],
      [{ ...description, executionId: 'bad', userEmail: '' }, description],
      outage,
    );

    expect([...executions.records.keys()]).toEqual(['task-1']);
    expect(logged).toContain('failed to recover a task');
  });

  it('compares hundreds of executions', async () => {
    const records = Array.from({ length: 250 }, (_, index) =>
      someExecution({ executionId: `task-${index}` }),
    );

    const { executions } = await recover(records, []);

    expect([...executions.records.values()].every(({ status }) => status === 'FAILED')).toBe(true);
  });
});

describe('recovery beside another server', () => {
  const upkeep = { recordedWithin: 60_000, lostAfter: 3_600_000 };
  const startedAt = (time: string): Execution =>
    someExecution({ status: 'RUNNING', startedAt: new Date(time) });

  it('leaves a task that was made a moment ago to whoever started it, and looks again later', async () => {
    const task = { ...description, createdAt: new Date('2026-01-01T11:59:30Z') };
    const { executions, young, recoverYoung } = await recover([], [task], undefined, upkeep);
    expect([...young]).toEqual(['task-1']);
    expect(executions.records.size).toBe(0);

    await recoverYoung();

    expect(executions.records.get('task-1')).toMatchObject({ status: 'RUNNING' });
  });

  it.each([
    ['2026-01-01T11:00:00Z', 'FAILED'],
    ['2026-01-01T11:00:01Z', 'RUNNING'],
    ['2026-01-01T13:00:00Z', 'RUNNING'],
  ])('an execution of %s whose task is not known at noon is %s', async (time, status) => {
    const { executions } = await recover([startedAt(time)], [], undefined, upkeep);

    expect(executions.records.get('task-1')).toMatchObject({ status });
  });
});
