import type { ImageInfo } from '../../contracts/index.js';
import { effectiveRegistry, parseImageReference } from '../shared/parse-image-reference.js';
import { readFlag, readInteger, readOptionalText, readText, readTexts } from './read-column.js';
import type { SqliteDatabase, SqlRow } from './sqlite-database.js';
import { fromSeconds, toSeconds } from './stored-time.js';

/** One image as it is stored. */
export interface ImageRecord extends ImageInfo {
  readonly isDefault: boolean;
  readonly imageRegistry: string;
  readonly imageName: string;
  readonly imageTag: string;
  readonly runtimePlatform: string;
  readonly cpu: number;
  readonly memory: number;
  readonly createdBy: string;
  /** Whether whoever registered it asked for this much memory; a default is recorded and not enforced. */
  readonly isMemoryStated: boolean;
}

/** Rows in, rows out; the only file that knows the columns. Throws what the database throws. */
export interface ImageTable {
  insertImage(image: ImageRecord): void;
  findImage(imageId: string): ImageRecord | undefined;
  findDefaultImage(): ImageRecord | undefined;
  /** The image of a reference: one registered under this very text, else the same one spelt differently; the default first. */
  findImageByReference(reference: string): ImageRecord | undefined;
  /** By reference and then by ID, in byte order. */
  listImages(): ImageRecord[];
  listImagesByRequestId(requestId: string): ImageRecord[];
  /** Takes the default mark from whichever image has it and gives it to another, or to none. */
  moveDefault(imageId: string | undefined): void;
  /** Whether there was such an image. */
  deleteImage(imageId: string): boolean;
}

export function createSqliteImageTable(database: SqliteDatabase): ImageTable {
  const first = (sql: string, ...parameters: string[]): ImageRecord | undefined => {
    const row = database.first(sql, parameters);
    return row && toImage(row);
  };

  return {
    insertImage: (image) => insertImage(database, image),

    findImage: (imageId) => first('SELECT * FROM images WHERE image_id = ?', imageId),

    findDefaultImage: () => first('SELECT * FROM images WHERE is_default = 1'),

    findImageByReference(text) {
      const { registry, name, tag } = parseImageReference(text);
      return first(
        `SELECT * FROM images
         WHERE name = ? AND tag = ? AND CASE registry WHEN '' THEN 'docker.io' ELSE registry END = ?
         ORDER BY image = ? DESC, is_default DESC, image_id LIMIT 1`,
        name,
        tag,
        effectiveRegistry(registry),
        text,
      );
    },

    listImages: () => database.all('SELECT * FROM images ORDER BY image, image_id').map(toImage),

    listImagesByRequestId: (requestId) =>
      database
        .all(
          `SELECT * FROM images WHERE created_by_request_id = ? OR modified_by_request_id = ?
           ORDER BY image, image_id`,
          [requestId, requestId],
        )
        .map(toImage),

    moveDefault(imageId) {
      database.run('UPDATE images SET is_default = 0 WHERE is_default = 1');
      if (imageId === undefined) return;
      database.run('UPDATE images SET is_default = 1 WHERE image_id = ?', [imageId]);
    },

    deleteImage: (imageId) => database.run('DELETE FROM images WHERE image_id = ?', [imageId]) > 0,
  };
}

function insertImage(database: SqliteDatabase, image: ImageRecord): void {
  database.run(
    `INSERT INTO images (image_id, image, is_default, task_role, execution_role, cpu, memory, is_memory_stated,
       runtime_platform, registry, name, tag, created_by, owned_by, created_at, created_by_request_id,
       modified_by_request_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      image.imageId,
      image.image,
      image.isDefault ? 1 : 0,
      image.taskRoleName ?? null,
      image.taskExecutionRoleName ?? null,
      image.cpu,
      image.memory,
      image.isMemoryStated ? 1 : 0,
      image.runtimePlatform,
      image.imageRegistry,
      image.imageName,
      image.imageTag,
      image.createdBy,
      JSON.stringify(image.ownedBy),
      toSeconds(image.createdAt),
      image.createdByRequestId,
      image.modifiedByRequestId,
    ],
  );
}

function toImage(row: SqlRow): ImageRecord {
  return {
    imageId: readText(row, 'image_id'),
    image: readText(row, 'image'),
    isDefault: readFlag(row, 'is_default'),
    taskRoleName: readOptionalText(row, 'task_role'),
    taskExecutionRoleName: readOptionalText(row, 'execution_role'),
    cpu: readInteger(row, 'cpu'),
    memory: readInteger(row, 'memory'),
    isMemoryStated: readFlag(row, 'is_memory_stated'),
    runtimePlatform: readText(row, 'runtime_platform'),
    imageRegistry: readText(row, 'registry'),
    imageName: readText(row, 'name'),
    imageTag: readText(row, 'tag'),
    createdBy: readText(row, 'created_by'),
    ownedBy: readTexts(row, 'owned_by'),
    createdAt: fromSeconds(readInteger(row, 'created_at')),
    createdByRequestId: readText(row, 'created_by_request_id'),
    modifiedByRequestId: readText(row, 'modified_by_request_id'),
  };
}
