import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../src/contracts/index.js';
import { meteredRunner } from './metered-runner.js';
import type { RunnerUse } from './metered-runner.js';
import { runnerDeprecations } from './runner-deprecations.js';
import type { Runner } from './runner.js';

const ctx = { requestId: 'request-1' };

/** A runner of which only some methods matter. */
function partialRunner(methods: Partial<Runner>): Runner {
  return methods as Runner;
}

describe('meteredRunner', () => {
  it('tells the sink of each call, by method and declared site', async () => {
    const uses: RunnerUse[] = [];
    const runner = meteredRunner(
      partialRunner({ killTask: async () => undefined, listImages: async () => [] }),
      (use) => uses.push(use),
      { site: 'scheduler', warnings: 'silent' },
    );

    await runner.killTask(ctx, 'task-1');
    await runner.listImages(ctx);
    await runner.killTask(ctx, 'task-2');

    expect(uses).toStrictEqual([
      { method: 'killTask', site: 'scheduler' },
      { method: 'listImages', site: 'scheduler' },
      { method: 'killTask', site: 'scheduler' },
    ]);
  });

  it('passes every method on with its own arguments and gives back the very same promise', () => {
    const answer = Promise.resolve([]);
    const calls: unknown[][] = [];
    const inner = Object.fromEntries(
      Object.keys(runnerDeprecations).map((method) => [
        method,
        (...call: unknown[]) => {
          calls.push([method, ...call]);
          return answer;
        },
      ]),
    ) as unknown as Record<string, (...call: unknown[]) => unknown>;
    const metered = meteredRunner(inner as unknown as Runner, () => undefined, {
      warnings: 'silent',
    }) as unknown as typeof inner;

    const answers = Object.keys(runnerDeprecations).map((method) => metered[method]?.(ctx, method, 3));

    expect(calls).toStrictEqual(Object.keys(runnerDeprecations).map((method) => [method, ctx, method, 3]));
    expect(answers.every((one) => one === answer)).toBe(true);
  });

  it('warns once for each method and site, with the code of the table', () => {
    const emitWarning = vi.fn();
    const inner = partialRunner({ killTask: async () => undefined, listImages: async () => [] });
    const first = meteredRunner(inner, () => undefined, { site: 'first site', emitWarning });
    const second = meteredRunner(inner, () => undefined, { site: 'second site', emitWarning });

    void first.killTask(ctx, 'a');
    void first.killTask(ctx, 'b');
    void first.listImages(ctx);
    void second.killTask(ctx, 'c');

    expect(emitWarning.mock.calls).toStrictEqual([
      [
        'Runner.killTask is deprecated; first site should use TaskExecutor.killTask.',
        { type: 'DeprecationWarning', code: 'REFACET_DEP002' },
      ],
      [
        'Runner.listImages is deprecated; first site should use ImageRegistry.listImages.',
        { type: 'DeprecationWarning', code: 'REFACET_DEP004' },
      ],
      [
        'Runner.killTask is deprecated; second site should use TaskExecutor.killTask.',
        { type: 'DeprecationWarning', code: 'REFACET_DEP002' },
      ],
    ]);
  });

  it('says nothing when silenced', () => {
    const emitWarning = vi.fn();
    const inner = partialRunner({ listImages: async () => [] });

    void meteredRunner(inner, () => undefined, { warnings: 'silent', emitWarning }).listImages(ctx);

    expect(emitWarning).not.toHaveBeenCalled();
  });

  it('makes the call although the sink and the warning fail', async () => {
    const inner = partialRunner({ listImages: async () => [] });
    const failing = (): never => {
      throw new Error('the counter is broken');
    };
    const metered = meteredRunner(inner, failing, { site: 'a broken site', emitWarning: failing });

    await expect(metered.listImages(ctx)).resolves.toEqual([]);
  });

  it('drops the rejection of a sink that turns out to be asynchronous', async () => {
    const inner = partialRunner({ listImages: async () => [] });
    const sink = async (): Promise<void> => {
      throw new Error('the counter is far away');
    };
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);

    await meteredRunner(inner, sink, { warnings: 'silent' }).listImages(ctx);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);

    expect(unhandled).not.toHaveBeenCalled();
  });

  it('leaves synchronous throws and rejections as they are', async () => {
    const thrown = new TypeError('not like this');
    const rejected = new AppError('NOT_FOUND', 'task not found');
    const inner = partialRunner({
      listImages: () => {
        throw thrown;
      },
      killTask: () => Promise.reject(rejected),
    });
    const metered = meteredRunner(inner, () => undefined, { warnings: 'silent' });

    expect(() => metered.listImages(ctx)).toThrow(thrown);
    await expect(metered.killTask(ctx, 'task-1')).rejects.toBe(rejected);
  });
});

describe('the table of deprecations', () => {
  it('gives each method a code of its own', () => {
    const codes = Object.values(runnerDeprecations).map(({ code }) => code);

    expect(new Set(codes).size).toBe(8);
  });
});
