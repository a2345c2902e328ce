import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of one MiB of its own. */
export interface SmallDisk {
  readonly path: string;
  /** Takes away or gives back all the room that is left. */
  fill(): void;
  empty(): void;
  /** Makes it read-only. */
  lock(): void;
  remove(): void;
}

/** Mounts a small disk, or says why this machine does not allow it. */
export function mountSmallDisk(): SmallDisk | string {
  const path = mkdtempSync(join(tmpdir(), 'refacet-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    rmSync(path, { recursive: true });
    return `no file system of its own size could be mounted here: ${String(error).trim()}`;
  }
  const ballast = join(path, 'ballast');
  return {
    path,
    fill() {
      const block = Buffer.alloc(4096);
      try {
        for (;;) writeFileSync(ballast, block, { flag: 'a' });
      } catch {
        // The disk is full, which was wanted.
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    lock: () => execFileSync('mount', ['-o', 'remount,ro', path]),
    remove() {
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true });
    },
  };
}
