import { describe, expect, it } from 'vitest';

import { readCancellation } from './transaction-cancellation.js';

const cancelled = (...codes: readonly (string | undefined)[]): Error =>
  Object.assign(new Error('cancelled'), {
    name: 'TransactionCanceledException',
    CancellationReasons: codes.map((Code) => (Code === undefined ? {} : { Code })),
  });

describe('a cancelled transaction', () => {
  it.each([
    ['the last condition failed', ['None', 'ConditionalCheckFailed'], 'refused'],
    ['both conditions failed', ['ConditionalCheckFailed', 'ConditionalCheckFailed'], 'refused'],
    ['another condition failed', ['ConditionalCheckFailed', 'None'], 'outdated'],
    ['something else wrote the last item', ['None', 'TransactionConflict'], 'outdated'],
    ['something else wrote another item', ['TransactionConflict', 'None'], 'outdated'],
    ['the table is throttled', ['ThrottlingError', 'None'], undefined],
    ['DynamoDB names no code', [undefined, undefined], undefined],
    ['DynamoDB names no reason', [], undefined],
  ] as const)('where %s', (_where, codes, verdict) => {
    expect(readCancellation(cancelled(...codes))).toBe(verdict);
  });

  it('without any reasons says nothing', () => {
    const error = Object.assign(new Error('cancelled'), { name: 'TransactionCanceledException' });

    expect(readCancellation(error)).toBeUndefined();
  });

  it('is no other failure, whatever it brings along', () => {
    const error = Object.assign(cancelled('ConditionalCheckFailed'), { name: 'ValidationException' });

    expect(readCancellation(error)).toBeUndefined();
  });
});
