import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';

import { AppError, type SecretRepository } from '../../contracts/index.js';
import { findOrphanedDirectories } from './find-orphaned-directories.js';
import { createLocalHealthReconciler } from './local-health-reconciler.js';

let tasksDirectory: string;

beforeEach(() => {
  tasksDirectory = mkdtempSync(join(tmpdir(), 'refacet-orphans-'));
  return () => rmSync(tasksDirectory, { recursive: true, force: true });
});

const noSecrets: Pick<SecretRepository, 'listSecrets' | 'findSecret'> = {
  listSecrets: async () => [],
  findSecret: async () => undefined,
};
const noImages = { listImages: async () => [] };
const now = (): Date => new Date(0);

it('names the directories of tasks that nobody knows, and removes none', async () => {
  for (const name of ['changes', 'known', 'unknown-2', 'unknown-1']) mkdirSync(join(tasksDirectory, name));
  writeFileSync(join(tasksDirectory, 'file'), '');
  const find = (): Promise<string[]> =>
    findOrphanedDirectories({ tasksDirectory, hasTask: (id) => id === 'known', others: ['changes'] });
  const reconciler = createLocalHealthReconciler({
    imageRegistry: noImages,
    secrets: noSecrets,
    findOrphanedDirectories: find,
    now,
  });

  const report = await reconciler.reconcile({});

  expect(report.computeStatus).toMatchObject({
    orphanedCount: 2,
    orphanedResources: ['unknown-1', 'unknown-2'],
  });
  expect(report.issues.map(({ resourceId, severity }) => [resourceId, severity])).toEqual([
    ['unknown-1', 'warning'],
    ['unknown-2', 'warning'],
  ]);
  expect(report.reconciledCount).toBe(0);
  expect(await find()).toHaveLength(2);
});

it('takes a store that fails for no missing secret', async () => {
  const failure = new AppError('DATABASE_ERROR', 'failed to list secrets');
  const reconciler = createLocalHealthReconciler({
    imageRegistry: noImages,
    secrets: { ...noSecrets, listSecrets: () => Promise.reject(failure) },
    findOrphanedDirectories: async () => [],
    now,
  });

  await expect(reconciler.reconcile({})).rejects.toBe(failure);
});
