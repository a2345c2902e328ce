import type { ResourceConfig } from '../../contracts/index.js';
import { createSqliteImageTable } from './sqlite-image-table.js';
import type { SqliteDatabase } from './sqlite-database.js';

/**
 * How much of the machine a task of an image may use; `undefined` when there is no such image.
 * Memory counts only where the image states it: 512 MiB by default would end tasks that nobody meant to limit.
 */
export function findImageLimits(database: SqliteDatabase, imageId: string): ResourceConfig | undefined {
  const image = createSqliteImageTable(database).findImage(imageId);
  return image && { cpu: image.cpu, memory: image.isMemoryStated ? image.memory : undefined };
}
