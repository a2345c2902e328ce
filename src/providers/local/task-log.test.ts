import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { LogEvent } from '../../contracts/index.js';
import { openTaskDirectory } from './task-directory.js';
import type { TaskDirectory } from './task-directory.js';
import { openTaskLog } from './task-log.js';
import type { TaskLog } from './task-log.js';
import { LineSplitter, LogWriter } from './task-supervisor.js';

function makeDirectory(): TaskDirectory {
  const parent = mkdtempSync(join(tmpdir(), 'refacet-log-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return openTaskDirectory(parent, '');
}

/** Writes chunks as they might come through a pipe. */
function write(directory: TaskDirectory, chunks: readonly Uint8Array[], cap = 1024 ** 3): void {
  const writer = new LogWriter(directory.path, cap);
  const lines = new LineSplitter(writer, 'o');
  for (const chunk of chunks) lines.add(Buffer.from(chunk));
  lines.end();
  writer.close();
}

async function readAll(log: TaskLog): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  for (let page = await log.readPage(); page.length > 0; page = await log.readPage()) events.push(...page);
  return events;
}

async function reading<T>(directory: TaskDirectory, work: (log: TaskLog) => Promise<T>): Promise<T> {
  const log = await openTaskLog(directory);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

const messages = (events: readonly LogEvent[]): string[] => events.map(({ message }) => message);

/** What a log must hold of some output, said as simply as possible: for lines below the limit. */
function expectedLines(output: Buffer): string[] {
  const lines = output.toString('latin1').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    const isWhole = index < lines.length - 1 || output.at(-1) === 10;
    return Buffer.from(isWhole ? line.replace(/\r$/, '') : line, 'latin1').toString('utf8');
  });
}

describe("a task's log", () => {
  it('holds the same lines however the output was cut into chunks', async () => {
    const byte = fc.oneof(
      fc.constantFrom(10, 13, 0, 32, 97, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80),
      fc.nat(255),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(byte, { maxLength: 20 }), { maxLength: 10 }), async (chunks) => {
        const directory = makeDirectory();

        write(
          directory,
          chunks.map((chunk) => Uint8Array.from(chunk)),
        );

        const events = await reading(directory, readAll);
        expect(messages(events)).toEqual(expectedLines(Buffer.from(chunks.flat())));
        expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => String(index + 1)));
      }),
      { numRuns: 150 },
    );
  });

  it('cuts long lines between characters, wherever chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 65_520, max: 65_550 }),
        fc.integer({ min: 1, max: 70_000 }),
        async (lead, size) => {
          const directory = makeDirectory();
          const text = `${'a'.repeat(lead)}${'😀é'.repeat(12_000)}`;
          const bytes = Buffer.from(`${text}\nnext\n`);
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );

          write(directory, chunks);

          const lines = messages(await reading(directory, readAll));
          expect(lines.at(-1)).toBe('next');
          expect(lines.slice(0, -1).join('')).toBe(text);
          expect(lines.every((line) => Buffer.byteLength(line) <= 65_536)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('goes on behind any line, with an index, without one, and with a torn or a foreign one', async () => {
    const directory = makeDirectory();
    const count = 60_000;
    write(directory, chunked(Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('')));
    const spoils = [
      () => undefined,
      () => appendFileSync(directory.pathOf('index'), 'torn'),
      () => appendFileSync(directory.pathOf('index'), Buffer.alloc(16, 0xff)),
      () => rmSync(directory.pathOf('index')),
    ];

    for (const spoil of spoils) {
      spoil();
      for (const line of [1, 2, 4000, 33_333, count, count + 1]) {
        await reading(directory, async (log) => {
          await log.skipTo(line);
          const [first] = await log.readPage();
          expect(first?.message).toBe(line <= count ? `line ${line}` : undefined);
          expect(first?.position).toBe(line <= count ? String(line) : undefined);
        });
      }
    }
  });

  it('skips to the last bytes, at the beginning of a line', async () => {
    const directory = makeDirectory();
    const count = 60_000;
    write(directory, chunked(Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('')));

    for (const bytes of [1, 30, 1000, 70_000, 500_000]) {
      await reading(directory, async (log) => {
        const { skippedLines } = await log.skipToLast(bytes);
        const events = await readAll(log);
        expect(events.length + skippedLines).toBe(count);
        expect(events[0]?.message ?? 'none').toBe(events.length === 0 ? 'none' : `line ${skippedLines + 1}`);
        const size = events.reduce((sum, { message }) => sum + 17 + Buffer.byteLength(message), 0);
        expect(size).toBeLessThanOrEqual(bytes);
        expect(size).toBeGreaterThan(bytes - 40);
      });
    }
  });

  it('gives a torn line once it is whole', async () => {
    const directory = makeDirectory();
    writeFileSync(directory.pathOf('log'), '1795508751119 o who');

    await reading(directory, async (log) => {
      expect(await log.readPage()).toEqual([]);
      appendFileSync(directory.pathOf('log'), 'le\n1795508751120 e next\n');
      expect(await log.readPage()).toEqual([
        { timestamp: 1795508751119, message: 'whole', position: '1', stream: 'stdout' },
        { timestamp: 1795508751120, message: 'next', position: '2', stream: 'stderr' },
      ]);
    });
  });

  it('is read whole wherever it was cut off', async () => {
    const directory = makeDirectory();
    write(directory, [Buffer.from('one\ntwo\nthree\n')]);
    const full = 3 * 17 + 'onetwothree'.length;

    for (let size = full; size >= 0; size -= 1) {
      truncateSync(directory.pathOf('log'), size);
      const lines = messages(await reading(directory, readAll));
      expect(lines).toEqual(
        ['one', 'two', 'three'].slice(0, size >= full ? 3 : size >= 40 ? 2 : size >= 20 ? 1 : 0),
      );
    }
  });

  it('keeps the number of a damaged line', async () => {
    const directory = makeDirectory();
    writeFileSync(directory.pathOf('log'), '1795508751119 o one\n\0\0\0\0\n1795508751118 o three\n');

    const events = await reading(directory, readAll);

    expect(events.map(({ position, timestamp }) => [position, timestamp])).toEqual([
      ['1', 1795508751119],
      ['2', 1795508751119],
      ['3', 1795508751119],
    ]);
    expect(events[2]?.message).toBe('three');
  });

  it('is empty where there is none', async () => {
    expect(await reading(makeDirectory(), readAll)).toEqual([]);
  });

  it('stops at its cap and says so once', async () => {
    const directory = makeDirectory();

    write(directory, [Buffer.from('0123456789\n'.repeat(100))], 1024);

    const lines = messages(await reading(directory, readAll));
    expect(lines).toHaveLength(38);
    expect(lines.at(-1)).toBe('refacet: output beyond 1 KiB is not kept');
  });
});

function chunked(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) =>
    bytes.subarray(index * 65_536, (index + 1) * 65_536),
  );
}
