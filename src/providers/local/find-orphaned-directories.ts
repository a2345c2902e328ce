import { readdir } from 'node:fs/promises';

/** What to compare. */
export interface FindOrphanedDirectoriesOptions {
  readonly tasksDirectory: string;
  readonly hasTask: (executionId: string) => boolean;
  /** Names of directories that belong to no task. */
  readonly others: readonly string[];
}

/** Every so many directories, others are served. */
const batchSize = 500;

/**
 * Names of the directories of tasks that are not in the database, sorted. A task's row is written before its directory,
 * so such a directory was left behind by a database that is no longer there.
 */
export async function findOrphanedDirectories({
  tasksDirectory,
  hasTask,
  others,
}: FindOrphanedDirectoriesOptions): Promise<string[]> {
  const entries = await readdir(tasksDirectory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const orphans: string[] = [];
  for (const [index, name] of names.entries()) {
    if (!others.includes(name) && !hasTask(name)) orphans.push(name);
    if (index % batchSize === batchSize - 1) await new Promise(setImmediate);
  }
  return orphans.sort();
}
