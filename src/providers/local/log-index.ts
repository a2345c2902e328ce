import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** So many whole lines stand before this offset of the log. */
export interface LogIndexEntry {
  readonly lines: number;
  readonly offset: number;
}

/** Two whole numbers of eight bytes, the larger end first. */
const entrySize = 16;

/**
 * The last entry of a log's index that lies before what is looked for; `undefined` when there is none, or no index:
 * then the log is read from its beginning. Reads a few entries however many there are.
 *
 * @param logSize After a power failure the index may know of more than the log still has.
 */
export async function findLastIndexEntry(
  path: string,
  logSize: number,
  isBefore: (entry: LogIndexEntry) => boolean,
): Promise<LogIndexEntry | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return undefined;
  }
  try {
    let low = 0;
    let high = Math.floor((await file.stat()).size / entrySize);
    let found: LogIndexEntry | undefined;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const entry = await readEntry(file, middle);
      if (entry.offset <= logSize && isBefore(entry)) {
        found = entry;
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return found;
  } finally {
    await file.close();
  }
}

async function readEntry(file: FileHandle, number: number): Promise<LogIndexEntry> {
  const bytes = Buffer.alloc(entrySize);
  await file.read(bytes, 0, entrySize, number * entrySize);
  return { lines: Number(bytes.readBigUInt64BE()), offset: Number(bytes.readBigUInt64BE(8)) };
}
