import { describe, expect, it } from 'vitest';
import { taskOutcome } from './task-outcome.js';

describe('the outcome of a task', () => {
  it.each([
    [
      { endedBy: 'exit', exitCode: 0 },
      { status: 'SUCCEEDED', exitCode: 0 },
    ],
    [
      { endedBy: 'exit', exitCode: 7 },
      { status: 'FAILED', exitCode: 7 },
    ],
    [{ endedBy: 'exit' }, { status: 'FAILED', exitCode: 1 }],
    [{}, { status: 'FAILED', exitCode: 1 }],
    [
      { endedBy: 'kill', exitCode: 0 },
      { status: 'STOPPED', exitCode: 130 },
    ],
    [
      { endedBy: 'timeout', exitCode: 143 },
      { status: 'FAILED', exitCode: 124 },
    ],
    [
      { endedBy: 'signal', exitCode: 139 },
      { status: 'FAILED', exitCode: 139 },
    ],
    [{ endedBy: 'signal' }, { status: 'FAILED', exitCode: 1 }],
    [{ endedBy: 'lost' }, { status: 'FAILED', exitCode: 1 }],
    [
      { endedBy: 'failed-to-start', exitCode: 127 },
      { status: 'FAILED', exitCode: 1 },
    ],
  ] as const)('of %j is %j', (state, outcome) => {
    expect(taskOutcome(state)).toEqual(outcome);
  });
});
