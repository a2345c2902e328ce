import { describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import { errorAnswer } from './error-handler.js';
import { RequestFailure } from './request-failure.js';

class DriverError extends Error {}
const systemError = Object.assign(new Error('connect ECONNREFUSED /var/run/db'), { code: 'ECONNREFUSED' });

describe('the answer to a failure', () => {
  it('takes the sentence of the operation, and the rest from the error', () => {
    const error = new RequestFailure(
      'failed to kill execution',
      new AppError('NOT_FOUND', 'execution not found'),
    );

    expect(errorAnswer(error)).toEqual({
      status: 404,
      body: { error: 'failed to kill execution', code: 'NOT_FOUND', details: 'execution not found' },
    });
  });

  it('says the message twice where an operation has no sentence', () => {
    expect(errorAnswer(new AppError('SECRET_NOT_FOUND', 'secret not found')).body).toEqual({
      error: 'secret not found',
      code: 'SECRET_NOT_FOUND',
      details: 'secret not found',
    });
  });

  it('leaves the code out where the contract has none, and details where it has none', () => {
    const withoutCode = new AppError(undefined, 'x is required', { status: 400 });
    expect(errorAnswer(new RequestFailure('invalid x', withoutCode))).toEqual({
      status: 400,
      body: { error: 'invalid x', details: 'x is required' },
    });

    const withoutDetails = new RequestFailure('bad', new AppError('invalid_request', 'bad'), { details: '' });
    expect(errorAnswer(withoutDetails).body).toEqual({ error: 'bad', code: 'invalid_request' });
  });

  it('finds the outermost classified error behind plain ones', () => {
    const inner = new AppError('CONFLICT', 'inner', { cause: new AppError('NOT_FOUND', 'innermost') });
    const wrapped = new Error('outer', { cause: inner });

    expect(errorAnswer(new RequestFailure('failed', wrapped))).toEqual({
      status: 409,
      body: { error: 'failed', code: 'CONFLICT', details: 'innermost' },
    });
  });

  describe('has in its details', () => {
    const detailsOf = (
      code: 'INVALID_REQUEST' | 'INTERNAL_ERROR' | 'DATABASE_ERROR',
      cause: unknown,
    ): unknown => errorAnswer(new AppError(code, 'message', { cause })).body.details;

    it('the reason that a provider worded for a refusal', () => {
      expect(detailsOf('INVALID_REQUEST', new Error('task status: STOPPED'))).toBe('task status: STOPPED');
    });

    it('the text of a classified cause, and of its cause', () => {
      const cause = new AppError('INTERNAL_ERROR', 'get secret "db"', {
        cause: new AppError('INTERNAL_ERROR', 'the value cannot be read'),
      });
      expect(detailsOf('INTERNAL_ERROR', cause)).toBe('get secret "db": the value cannot be read');
    });

    const foreign: readonly (readonly [string, unknown])[] = [
      ['a driver', new DriverError('SQLITE_CORRUPT: /srv/state.db')],
      ['the operating system', systemError],
      ['nobody knows whom', 'just a text'],
    ];
    it.each(foreign)('nothing of %s', (_, cause) => {
      expect(detailsOf('INVALID_REQUEST', cause)).toBe('message');
      expect(detailsOf('DATABASE_ERROR', cause)).toBe('message');
    });

    it("nothing of a plain error from 500 upwards, where it is as likely a driver's", () => {
      expect(detailsOf('DATABASE_ERROR', new Error('disk I/O error'))).toBe('message');
      const nested = new AppError('INTERNAL_ERROR', 'inner', { cause: new Error('disk I/O error') });
      expect(detailsOf('INTERNAL_ERROR', nested)).toBe('inner');
    });
  });

  it.each([
    new TypeError('x is undefined'),
    'text',
    undefined,
    new RequestFailure('failed', new Error('inside')),
  ])('is 500 without code and inner text for what nobody classified (%#)', (error) => {
    const { status, body } = errorAnswer(error);

    expect(status).toBe(500);
    expect(body).toEqual({
      error: error instanceof RequestFailure ? 'failed' : 'internal error',
      details: 'internal error',
    });
  });

  it('does not hang on errors that cause each other', () => {
    const one = new Error('one');
    one.cause = new Error('other', { cause: one });

    expect(errorAnswer(one).status).toBe(500);
  });
});
