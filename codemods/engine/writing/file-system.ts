import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What writing needs of a disk; a test hands in one that breaks. */
export interface FileSystem {
  /** `undefined` when there is no such file. */
  read(path: string): Buffer | undefined;
  list(folder: string): readonly string[];
  /** Writes a file and waits for the disk to have it; with the mode and owner of another one, where that is there. */
  write(path: string, content: Buffer, like?: string): void;
  /** Puts a file in the place of another, in one step. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Takes a lock for this process and gives what lets go of it; `undefined` where a living process holds it. */
  lock(path: string): (() => void) | undefined;
}

/** The disk. */
export const disk: FileSystem = {
  read: (path) => (existsSync(path) ? readFileSync(path) : undefined),
  list: (folder) => (existsSync(folder) ? readdirSync(folder).sort() : []),
  write(path, content, like) {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, 'w');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (like !== undefined && existsSync(like)) takeAttributes(path, like);
  },
  rename(from, to) {
    try {
      renameSync(from, to);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EXDEV') throw cause;
      // Another disk: once more from beside the file.
      const beside = join(dirname(to), `.refacet-${basename(to)}.tmp`);
      copyFileSync(from, beside);
      takeAttributes(beside, from);
      renameSync(beside, to);
      rmSync(from);
    }
  },
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  lock(path) {
    mkdirSync(dirname(path), { recursive: true });
    // A process that was killed has left its lock behind.
    if (existsSync(path) && !isRunning(Number(readFileSync(path, 'utf8')))) rmSync(path, { force: true });
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
      // A disk without room for a lock has to take an undo all the same.
    }
    return () => rmSync(path, { force: true });
  },
};

function isRunning(id: number): boolean {
  // This process holds no lock yet: one with its number is of an earlier one.
  if (!Number.isInteger(id) || id <= 0 || id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function takeAttributes(path: string, like: string): void {
  const { mode, uid, gid } = statSync(like);
  chmodSync(path, mode);
  try {
    chownSync(path, uid, gid);
  } catch {
    // Only the superuser gives files away; for everybody else the owner is who migrates.
  }
}
