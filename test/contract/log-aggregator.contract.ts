import { describe, expect, it } from 'vitest';

import type { LogAggregator, LogEvent } from '../../src/contracts/index.js';
import { until } from '../support/until.js';
import { collect } from './collect.js';
import { expectAppError } from './expect-app-error.js';

/** A log aggregator, and one task that prints what it is told to. */
export interface LogAggregatorSubject {
  readonly logAggregator: LogAggregator;
  readonly executionId: string;
  /** Prints one line, and resolves once the task has been told to. */
  readonly print: (line: string) => Promise<void>;
  /** Lets the task end with exit code 0. */
  readonly end: () => Promise<void>;
}

/** What every {@link LogAggregator} promises. */
export function logAggregatorContract(name: string, make: () => Promise<LogAggregatorSubject>): void {
  const ctx = { requestId: 'request-1' };
  const messagesOf = (events: readonly LogEvent[]): string[] => events.map(({ message }) => message);

  async function untilPrinted(subject: LogAggregatorSubject, count: number): Promise<LogEvent[]> {
    return until(
      () => subject.logAggregator.fetchExecutionLogs(ctx, subject.executionId),
      (events) => events.length >= count,
    );
  }

  async function makeEnded(...lines: string[]): Promise<LogAggregatorSubject> {
    const subject = await make();
    for (const line of lines) await subject.print(line);
    await subject.end();
    await collect(subject.logAggregator.readExecutionLogs(ctx, subject.executionId, { follow: true }));
    return subject;
  }

  describe(`log aggregator: ${name}`, () => {
    it('gives back lines in order, with times that never decrease', async () => {
      const subject = await make();
      for (const line of ['one', '', '  three  ', 'ünïcödé 😀']) await subject.print(line);

      const events = await untilPrinted(subject, 4);

      expect(messagesOf(events)).toEqual(['one', '', '  three  ', 'ünïcödé 😀']);
      const times = events.map(({ timestamp }) => timestamp);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.every((time) => Number.isInteger(time))).toBe(true);
      expect(Math.abs((times[0] ?? 0) - Date.now())).toBeLessThan(60_000);
    });

    it('reads the same events as it fetches', async () => {
      const subject = await makeEnded('a', 'b', 'c');

      const read = await collect(subject.logAggregator.readExecutionLogs(ctx, subject.executionId));

      expect(read).toEqual(await subject.logAggregator.fetchExecutionLogs(ctx, subject.executionId));
    });

    it('goes on behind any position', async () => {
      const subject = await makeEnded('a', 'b', 'c');
      const { logAggregator, executionId } = subject;
      const all = await logAggregator.fetchExecutionLogs(ctx, executionId);

      for (const [index, { position }] of all.entries()) {
        const rest = await collect(
          logAggregator.readExecutionLogs(ctx, executionId, { after: position, follow: true }),
        );
        expect(rest).toEqual(position === undefined ? all : all.slice(index + 1));
      }
    });

    it('keeps positions while the log grows', async () => {
      const subject = await make();
      await subject.print('a');
      const before = await untilPrinted(subject, 1);

      await subject.print('b');

      expect((await untilPrinted(subject, 2)).slice(0, 1)).toEqual(before);
    });

    it('follows a log to the end of its task', async () => {
      const subject = await make();
      const following = collect(
        subject.logAggregator.readExecutionLogs(ctx, subject.executionId, { follow: true }),
      );

      for (const line of ['a', 'b', 'c']) await subject.print(line);
      await subject.end();

      expect(messagesOf(await following)).toEqual(['a', 'b', 'c']);
    });

    it('gives a follower each line when it is printed', async () => {
      const subject = await make();
      const log = subject.logAggregator.readExecutionLogs(ctx, subject.executionId, { follow: true });
      const events = log[Symbol.asyncIterator]();

      for (const line of ['a', 'b', 'c']) {
        await subject.print(line);
        expect((await events.next()).value).toMatchObject({ message: line });
      }

      await events.return?.();
    });

    it('stops where the log stands when it is not asked to follow', async () => {
      const subject = await make();
      await subject.print('a');
      await untilPrinted(subject, 1);

      const events = await collect(subject.logAggregator.readExecutionLogs(ctx, subject.executionId));

      expect(messagesOf(events)).toEqual(['a']);
    });

    it('stops following without an error when the signal aborts', async () => {
      const subject = await make();
      await subject.print('a');
      const controller = new AbortController();
      const messages: string[] = [];

      for await (const { message } of subject.logAggregator.readExecutionLogs(
        { signal: controller.signal },
        subject.executionId,
        { follow: true },
      )) {
        messages.push(message);
        controller.abort();
      }

      expect(messages).toEqual(['a']);
    });

    it('stops waiting without an error when the signal aborts', async () => {
      const subject = await make();
      const controller = new AbortController();
      const log = subject.logAggregator.readExecutionLogs(
        { signal: controller.signal },
        subject.executionId,
        { follow: true },
      );
      const next = log[Symbol.asyncIterator]().next();

      setTimeout(() => controller.abort(), 20);

      expect((await next).done).toBe(true);
    });

    it('takes undefined options for absent', async () => {
      const subject = await makeEnded('a');

      const events = await collect(
        subject.logAggregator.readExecutionLogs({ requestId: undefined }, subject.executionId, {
          after: undefined,
          follow: undefined,
        }),
      );

      expect(messagesOf(events)).toEqual(['a']);
    });

    it('refuses an empty ID', async () => {
      const { logAggregator } = await make();

      await expectAppError(logAggregator.fetchExecutionLogs(ctx, ''), 'INVALID_REQUEST');
      await expectAppError(collect(logAggregator.readExecutionLogs(ctx, '')), 'INVALID_REQUEST');
    });

    it('has no log of an execution that it does not know', async () => {
      const { logAggregator } = await make();
      const unknown = '0123456789abcdef0123456789abcdef';
      const message = `log stream 'task/runner/${unknown}' does not exist yet`;

      await expectAppError(logAggregator.fetchExecutionLogs(ctx, unknown), 'SERVICE_UNAVAILABLE', message);
      await expectAppError(
        collect(logAggregator.readExecutionLogs(ctx, unknown)),
        'SERVICE_UNAVAILABLE',
        message,
      );
    });

    it('never throws synchronously', async () => {
      const { logAggregator } = await make();

      expect(() => logAggregator.readExecutionLogs(ctx, '', { after: 'nowhere' })).not.toThrow();
      await expect(logAggregator.fetchExecutionLogs(ctx, '')).rejects.toThrow();
    });
  });
}
