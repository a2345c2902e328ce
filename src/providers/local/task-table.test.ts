import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';

import { AppError } from '../../contracts/index.js';
import { createTaskTable, createTaskTableSql } from './task-table.js';
import type { TaskRecord, TaskTable } from './task-table.js';

function openTable(): TaskTable {
  const database = new Database(':memory:');
  onTestFinished(() => void database.close());
  database.exec(createTaskTableSql);
  return createTaskTable(database);
}

const task: TaskRecord = {
  executionId: 'a1',
  userEmail: 'ada@example.com',
  imageId: 'alpine:latest-c5c74c0e',
  command: 'true',
  requestId: 'request-1',
  createdAt: new Date(1000),
  deadline: new Date(61_000),
  phase: 'starting',
};

describe('the table of tasks', () => {
  it('gives back what was put in', () => {
    const table = openTable();

    table.insertTask(task);

    expect(table.findTask('a1')).toEqual({ ...task, supervisor: undefined });
  });

  it('keeps what is absent absent', () => {
    const table = openTable();
    const { deadline: _deadline, requestId: _requestId, ...bare } = task;

    table.insertTask(bare);

    expect(table.findTask('a1')).toEqual(bare);
    expect(table.findTask('a2')).toBeUndefined();
  });

  it('moves a task forward only', () => {
    const table = openTable();
    table.insertTask(task);
    const running = { executionId: 'a1', phase: 'running', startedAt: new Date(2000) } as const;
    const ended = {
      executionId: 'a1',
      phase: 'ended',
      endedAt: new Date(3000),
      exitCode: 3,
      endedBy: 'exit',
    } as const;

    expect(table.recordState(running)).toBe(true);
    expect(table.recordState(running)).toBe(false);
    expect(table.recordState(ended)).toBe(true);
    expect(table.recordState({ ...ended, exitCode: 4 })).toBe(false);
    expect(table.recordState(running)).toBe(false);

    expect(table.findTask('a1')).toMatchObject({ ...ended, startedAt: new Date(2000) });
  });

  it('records an ending with a start that nobody saw', () => {
    const table = openTable();
    table.insertTask(task);

    table.recordState({ executionId: 'a1', phase: 'ended', startedAt: new Date(2000), endedBy: 'lost' });

    expect(table.findTask('a1')).toMatchObject({
      startedAt: new Date(2000),
      exitCode: undefined,
      endedBy: 'lost',
    });
  });

  it('knows supervisors and forgets tasks', () => {
    const table = openTable();
    table.insertTask(task);

    table.recordSupervisor('a1', { pid: 7, startTime: 'boot/1' });
    expect(table.findTask('a1')?.supervisor).toEqual({ pid: 7, startTime: 'boot/1' });

    table.deleteTask('a1');
    expect(table.findTask('a1')).toBeUndefined();
  });

  it('lists pages by ID, and those that have not ended', () => {
    const table = openTable();
    for (const executionId of ['c', 'a', 'b']) table.insertTask({ ...task, executionId });
    table.recordState({ executionId: 'b', phase: 'ended', endedBy: 'exit', exitCode: 0 });
    const ids = (records: readonly TaskRecord[]): string[] => records.map(({ executionId }) => executionId);

    expect(ids(table.listTasks({ after: '', limit: 2 }))).toEqual(['a', 'b']);
    expect(ids(table.listTasks({ after: 'b', limit: 2 }))).toEqual(['c']);
    expect(ids(table.listTasksNotEnded())).toEqual(['a', 'c']);
  });

  it('says DATABASE_ERROR for what the database refuses', () => {
    const table = openTable();
    table.insertTask(task);

    const error = (() => {
      try {
        table.insertTask(task);
        return undefined;
      } catch (thrown) {
        return thrown;
      }
    })();

    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'DATABASE_ERROR', message: 'failed to record the task' });
  });
});
