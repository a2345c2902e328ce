import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';

import type { TaskState } from '../../src/contracts/index.js';
import { createLocalProvider, type LocalProvider } from '../../src/providers/local/index.js';
import { supervisorPath } from '../support/supervisor-path.js';

let stateDirectory: string;
let opened: LocalProvider[];

beforeEach(() => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'refacet-provider-'));
  opened = [];
  return async () => {
    for (const provider of opened) await provider.close();
    rmSync(stateDirectory, { recursive: true, force: true });
  };
});

const ctx = { requestId: 'request-1' };

async function open(more: Partial<Parameters<typeof createLocalProvider>[0]> = {}): Promise<LocalProvider> {
  const provider = await createLocalProvider({
    stateDirectory,
    now: () => new Date(),
    nextId: () => randomBytes(16).toString('hex'),
    isolation: 'none',
    supervisorPath,
    ...more,
  });
  opened.push(provider);
  return provider;
}

async function start(provider: LocalProvider, command: string): Promise<string> {
  await provider.imageRegistry.registerImage(ctx, { image: 'alpine', registeredBy: 'ada@example.com' });
  const imageId = await provider.imageRegistry.resolveImage(ctx);
  return (await provider.taskExecutor.startTask(ctx, 'ada@example.com', { command, imageId })).executionId;
}

async function untilEnded(provider: LocalProvider, executionId: string): Promise<TaskState> {
  for (;;) {
    const state = (await provider.taskObserver.describeTasks(ctx, [executionId])).get(executionId);
    if (state?.phase === 'ended') return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const messagesOf = async (provider: LocalProvider, executionId: string): Promise<string[]> =>
  (await provider.logAggregator.fetchExecutionLogs(ctx, executionId)).map(({ message }) => message);

it('runs a command and gives back its output and its exit code', async () => {
  const provider = await open();

  const executionId = await start(provider, 'echo hi; exit 3');

  expect(await untilEnded(provider, executionId)).toMatchObject({ exitCode: 3, endedBy: 'exit' });
  expect(await messagesOf(provider, executionId)).toEqual(['hi']);
});

it('finds tasks, logs, images and secrets again after a restart', async () => {
  const before = await open();
  const executionId = await start(before, 'echo one; sleep 0.5; echo two');
  await before.close();

  const provider = await open();

  expect(await untilEnded(provider, executionId)).toMatchObject({ exitCode: 0 });
  expect(await messagesOf(provider, executionId)).toEqual(['one', 'two']);
  expect((await provider.imageRegistry.getDefaultImage(ctx)).image).toBe('alpine');
});

it('ends a task that ignores a kill after the grace that it was given', async () => {
  const provider = await open({ killGraceMs: 100 });
  const executionId = await start(provider, 'trap "" TERM; echo ready; while :; do sleep 0.1; done');
  while ((await messagesOf(provider, executionId)).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  const killedAt = performance.now();
  await provider.taskExecutor.killTask(ctx, executionId);

  expect(await untilEnded(provider, executionId)).toMatchObject({ endedBy: 'kill' });
  // Far below the grace of ten seconds that it would have by default.
  expect(performance.now() - killedAt).toBeLessThan(8000);
});

it('knows no image to run under an ID that is not registered', async () => {
  const provider = await open();
  const request = { command: 'true', imageId: 'alpine:latest-c5c74c0e' };

  await expect(provider.taskExecutor.startTask(ctx, 'ada@example.com', request)).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
    message: 'image not registered',
  });
});

it('says how tasks are isolated and limited, and is named LOCAL', async () => {
  const provider = await open();

  expect(provider.name).toBe('LOCAL');
  expect(provider.description).toEqual([
    expect.stringMatching(/^Isolation: none/),
    expect.stringMatching(/^Limits: /),
  ]);
});

it('finds in its own log what was written there for a request', async () => {
  const provider = await open();
  provider.backendLog.write('{"time":1000,"requestId":"request-1","msg":"one"}\n');
  provider.backendLog.write('{"time":2000,"requestId":"request-2","msg":"two"}\n');

  const events = await provider.backendObservability.fetchBackendLogs(ctx, 'request-2');

  expect(events).toEqual([{ timestamp: 2000, message: '{"time":2000,"requestId":"request-2","msg":"two"}' }]);
});

it('reports the directory of a task that is in no database, and no other', async () => {
  const provider = await open();
  await untilEnded(provider, await start(provider, 'true'));
  mkdirSync(join(stateDirectory, 'tasks', 'a-stranger'));

  const report = await provider.healthReconciler.reconcile(ctx);

  expect(report.computeStatus).toMatchObject({ totalResources: 1, orphanedResources: ['a-stranger'] });
});

it('keeps a second one out, and lets go of the directory when it is closed or fails to open', async () => {
  const first = await open();
  await expect(open()).rejects.toThrow(`another refacet server uses ${stateDirectory}`);
  await first.close();
  await first.close();

  const wrongKey = randomBytes(32).toString('hex');
  await expect(open({ encryptionKey: wrongKey })).rejects.toThrow('REFACET_ENCRYPTION_KEY is not the key');

  await expect(open()).resolves.toBeDefined();
});

it('does not touch anything where it cannot run', async () => {
  const directory = join(stateDirectory, 'state');

  await expect(open({ stateDirectory: directory, platform: 'win32' })).rejects.toThrow(
    'the local provider runs on Linux and macOS, not on win32',
  );
  expect(() => readFileSync(directory)).toThrow('ENOENT');
});
