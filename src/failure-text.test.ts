import { describe, expect, it } from 'vitest';
import { AppError } from './contracts/index.js';
import { failureExitCode, failureText } from './failure-text.js';

describe('what is said of a failure', () => {
  it('is a sentence with its causes where a person can act on it', () => {
    const cause = new Error('no such table', { cause: new Error('ResourceNotFound') });

    expect(failureText(new AppError('DATABASE_ERROR', 'failed to list users', { cause }))).toBe(
      'failed to list users\n  because: no such table\n  because: ResourceNotFound',
    );
  });

  it('tells nothing twice', () => {
    const cause = new Error('expired');

    expect(failureText(new AppError('INTERNAL_ERROR', 'no account: expired', { cause }))).toBe(
      'no account: expired',
    );
  });

  it('is the trace of what is a defect', () => {
    expect(failureText(new TypeError('x is undefined'))).toMatch(/TypeError: x is undefined\n\s+at /);
    expect(failureText('thrown text')).toBe('thrown text');
  });
});

it('ends with 2 for wrong settings and with 1 for everything else', () => {
  expect(failureExitCode(new AppError('INVALID_REQUEST', 'The settings cannot be used'))).toBe(2);
  expect(failureExitCode(new AppError('DATABASE_ERROR', 'the store did not answer'))).toBe(1);
  expect(failureExitCode(new Error('defect'))).toBe(1);
});
