import { describe, expect, it } from 'vitest';
import type { ExecutionStatus } from '../contracts/index.js';
import { hasEnded, isTerminal, mayBecome, openStatuses, statusesBefore } from './execution-lifecycle.js';

const all = ['STARTING', 'RUNNING', 'TERMINATING', 'SUCCEEDED', 'FAILED', 'STOPPED'] as const;

describe('the life of an execution', () => {
  it('goes where the contract says and nowhere else', () => {
    const moves = all.flatMap((from) => all.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`));

    expect(moves).toEqual([
      'STARTING RUNNING',
      'STARTING TERMINATING',
      'STARTING FAILED',
      'RUNNING TERMINATING',
      'RUNNING SUCCEEDED',
      'RUNNING FAILED',
      'RUNNING STOPPED',
      'TERMINATING STOPPED',
    ]);
  });

  it.each(['UNKNOWN', '', 'constructor'])('leads nowhere from the unknown status %j', (status) => {
    expect(all.some((to) => mayBecome(status as ExecutionStatus, to))).toBe(false);
  });

  it('can be cut short while it starts or runs', () => {
    expect(statusesBefore('TERMINATING')).toEqual(['STARTING', 'RUNNING']);
  });

  it('has ended in three ways, and counts as terminal in a fourth', () => {
    expect(all.filter(hasEnded)).toEqual(['SUCCEEDED', 'FAILED', 'STOPPED']);
    expect(all.filter(isTerminal)).toEqual(['TERMINATING', 'SUCCEEDED', 'FAILED', 'STOPPED']);
    expect(all.filter((status) => !hasEnded(status))).toEqual(openStatuses);
  });
});
