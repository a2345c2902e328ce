import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { LogEvent } from '../../src/contracts/index.js';
import { findIsolations, openLocalTasks } from '../support/local-tasks.js';
import { until } from '../support/until.js';

const ctx = {};

describe.each(await findIsolations())('what a task prints, isolation %s', (isolation) => {
  async function eventsOf(command: string, options = {}): Promise<LogEvent[]> {
    const { start, untilEnded, logAggregator } = await openLocalTasks(isolation, options);
    const executionId = await start({ command });
    await untilEnded(executionId);
    return logAggregator.fetchExecutionLogs(ctx, executionId);
  }
  const messagesOf = (events: readonly LogEvent[]): string[] => events.map(({ message }) => message);

  it('tells the streams apart', async () => {
    const events = await eventsOf('echo to stdout; sleep 0.1; echo to stderr >&2');

    expect(events).toMatchObject([
      { message: 'to stdout', stream: 'stdout', position: '1' },
      { message: 'to stderr', stream: 'stderr', position: '2' },
    ]);
  });

  it('keeps the order of arrival across the streams', async () => {
    const events = await eventsOf(
      'for i in 1 2 3 4 5; do echo o$i; sleep 0.05; echo e$i >&2; sleep 0.05; done',
    );

    expect(messagesOf(events)).toEqual([1, 2, 3, 4, 5].flatMap((i) => [`o${i}`, `e${i}`]));
  });

  it('can be opened again by name, as scripts do', async () => {
    const events = await eventsOf(
      'echo out > /dev/stdout; sleep 0.1; echo err > /dev/stderr; sleep 0.1; echo fd > /dev/fd/1',
    );

    expect(messagesOf(events)).toEqual(['out', 'err', 'fd']);
  });

  it('replaces invalid UTF-8, drops line ends of both kinds, and keeps every other byte', async () => {
    const events = await eventsOf(
      `printf 'a\\377b\\n'; printf 'crlf\\r\\n'; printf 'c\\rr\\n'; printf 'nul\\000\\n'; printf '\\n'; printf '\\303\\251\\n'`,
    );

    expect(messagesOf(events)).toEqual(['a\ufffdb', 'crlf', 'c\rr', 'nul\0', '', 'é']);
  });

  it('counts a last line without a newline, of each stream', async () => {
    const events = await eventsOf(`printf 'out'; sleep 0.1; printf 'err' >&2`);

    expect(messagesOf(events)).toEqual(['out', 'err']);
  });

  it('cuts a line at 64 KiB, never through a character', async () => {
    const events = await eventsOf(
      `head -c 65535 /dev/zero | tr '\\0' a; printf 'é'; head -c 70000 /dev/zero | tr '\\0' b; echo`,
    );

    expect(events.map(({ message }) => Buffer.byteLength(message))).toEqual([65_535, 65_536, 4466]);
    expect(events[1]?.message.startsWith('éb')).toBe(true);
    expect(messagesOf(events).join('')).toBe(`${'a'.repeat(65_535)}é${'b'.repeat(70_000)}`);
  });

  it('does not wait for processes that outlive the command', async () => {
    const began = performance.now();

    const events = await eventsOf('sleep 1000 & echo done');

    expect(messagesOf(events)).toEqual(['done']);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('stops at the cap and says so, and the command goes on', async () => {
    const { start, untilEnded, logAggregator } = await openLocalTasks(isolation, {
      settings: { logCapBytes: 64 * 1024 },
    });
    const executionId = await start({ command: 'yes 0123456789 | head -n 100000; exit 4' });

    expect(await untilEnded(executionId)).toMatchObject({ endedBy: 'exit', exitCode: 4 });

    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    expect(events.at(-1)).toMatchObject({
      message: 'refacet: output beyond 64 KiB is not kept',
      stream: undefined,
    });
    expect(events.length).toBeGreaterThan(2000);
    expect(events.length).toBeLessThan(2600);
  });

  it('keeps times in order and positions without a gap', async () => {
    const events = await eventsOf('seq 20000; seq 20000 >&2');

    const times = events.map(({ timestamp }) => timestamp);
    expect(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))).toBe(true);
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => String(index + 1)));
    expect(events).toHaveLength(40_000);
  });
});

describe('a task that prints a lot', () => {
  it('does not make its supervisor grow', async () => {
    const { start, untilEnded, table } = await openLocalTasks('none');
    const executionId = await start({
      command: 'yes 0123456789012345678901234567890123456789 | head -c 400000000',
    });
    const pid = table.findTask(executionId)?.supervisor?.pid ?? 0;
    let peak = 0;

    await until(
      () => {
        peak = Math.max(peak, residentBytes(pid));
        return table.findTask(executionId)?.supervisor?.pid === pid && residentBytes(pid) === 0;
      },
      (isGone) => isGone,
      60,
    );

    expect((await untilEnded(executionId)).exitCode).toBe(0);
    expect(peak / 1024 / 1024, 'MiB').toBeLessThan(100);
  });

  it('gives its last 32 MiB, and how much was left out before', async () => {
    const { start, untilEnded, logAggregator } = await openLocalTasks('none');
    const executionId = await start({ command: 'seq 1 6000000; echo last' });
    await untilEnded(executionId);

    const [first, ...events] = await logAggregator.fetchExecutionLogs(ctx, executionId);

    const leftOut = 6_000_001 - events.length;
    expect(first?.message).toMatch(
      new RegExp(`^refacet: ${leftOut} earlier lines \\(.* MiB\\) were left out`),
    );
    expect(first?.position).toBeUndefined();
    expect(first?.timestamp).toBe(events[0]?.timestamp);
    expect(events[0]).toMatchObject({ message: String(leftOut + 1), position: String(leftOut + 1) });
    expect(events.at(-1)?.message).toBe('last');
  });

  it('is read from any position on without reading what is before', async () => {
    const { start, untilEnded, logAggregator } = await openLocalTasks('none');
    const executionId = await start({ command: 'seq 1 1000000' });
    await untilEnded(executionId);

    for (const after of ['0', '1', '4711', '500000', '999999', '1000000', '1000001']) {
      const log = logAggregator.readExecutionLogs(ctx, executionId, { after, follow: true });
      const events = log[Symbol.asyncIterator]();
      const { value } = (await events.next()) as { value: LogEvent | undefined };
      await events.return?.();
      expect(value?.message).toBe(Number(after) < 1_000_000 ? String(Number(after) + 1) : undefined);
    }
  });

  it('is read to the end, a million lines, with one page in memory', async () => {
    const { start, logAggregator } = await openLocalTasks('none');
    const executionId = await start({ command: 'seq 1 1000000' });
    let expected = 0;

    for await (const { message } of logAggregator.readExecutionLogs(ctx, executionId, { follow: true })) {
      expected += 1;
      if (message !== String(expected)) expect(message).toBe(String(expected));
    }

    expect(expected).toBe(1_000_000);
  });
});

/** 0 when there is no such process. */
function residentBytes(pid: number): number {
  try {
    return (
      Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
    );
  } catch {
    return 0;
  }
}
