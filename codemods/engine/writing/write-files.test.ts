import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disk, type FileSystem } from './file-system.js';
import { hasUnfinishedWrite, undoWrite } from './undo-write.js';
import { writeFiles, type FileWrite } from './write-files.js';

const texts: Readonly<Record<string, string>> = {
  'a.ts': 'let a = 1;\n',
  'deep/b.ts': '\uFEFFlet b = 1;\r\n',
  'c.ts': 'let c = 1;',
};

let root: string;
let changes: readonly FileWrite[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'refacet-write-'));
  mkdirSync(join(root, 'deep'));
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(root, path), text);
  changes = [
    ...Object.entries(texts).map(([path, text]) => {
      const before = text.replace('\uFEFF', '');
      return { path: join(root, path), before, after: before.replace('1', '2') };
    }),
    { path: join(root, 'made.json'), before: undefined, after: '{}\n' },
  ];
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Everything but the journal, as it is on the disk. */
function tree(): Readonly<Record<string, string>> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith('.refacet-migrate') && statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const before = texts;
const after = {
  'a.ts': 'let a = 2;\n',
  'c.ts': 'let c = 2;',
  'deep/b.ts': '\uFEFFlet b = 2;\r\n',
  'made.json': '{}\n',
};

/** A disk that works for so many steps. From then on it does nothing at all, as after a power cut: not even cleaning up. */
function dyingDisk(steps: number): { readonly files: FileSystem; readonly taken: () => number } {
  let taken = 0;
  const step = (action: () => void, half: () => void = () => undefined): void => {
    taken += 1;
    if (taken < steps) action();
    else {
      // The step that it dies in may have come half way.
      if (taken === steps) half();
      throw new Error('the disk is gone');
    }
  };
  const files: FileSystem = {
    ...disk,
    write: (path, content, like) =>
      step(
        () => disk.write(path, content, like),
        () => disk.write(path, content.subarray(0, content.length / 2), like),
      ),
    rename: (from, to) => step(() => disk.rename(from, to)),
    remove: (path) => step(() => disk.remove(path)),
  };
  return { files, taken: () => taken };
}

/** A disk without space: what is there can be renamed and removed, and nothing can be added. */
function fullDisk(freeWrites: number): FileSystem {
  let writes = 0;
  return {
    ...disk,
    write(path, content, like) {
      writes += 1;
      if (writes > freeWrites) throw new Error('ENOSPC: no space left on device');
      disk.write(path, content, like);
    },
  };
}

describe('writeFiles', () => {
  it('writes everything, and undoes it byte for byte', () => {
    writeFiles(root, changes);
    expect(tree()).toEqual(after);

    expect(undoWrite(root)).toEqual({ restored: ['a.ts', 'deep/b.ts', 'c.ts', 'made.json'], left: [] });
    expect(tree()).toEqual(before);
  });

  it('keeps the modes of files', () => {
    chmodSync(join(root, 'a.ts'), 0o775);

    writeFiles(root, changes);

    expect(statSync(join(root, 'a.ts')).mode & 0o777).toBe(0o775);
  });

  it('writes nothing when a file is no longer what was read', () => {
    writeFileSync(join(root, 'c.ts'), 'let c = 3;');

    expect(() => writeFiles(root, changes)).toThrow('c.ts changed while the migration was planned');
    expect(tree()).toEqual({ ...before, 'c.ts': 'let c = 3;' });
  });

  it('puts back what it has written when a file changes at the last moment, and leaves that one', () => {
    const files: FileSystem = {
      ...disk,
      rename(from, to) {
        disk.rename(from, to);
        if (to.endsWith('a.ts')) writeFileSync(join(root, 'c.ts'), 'let c = 3;');
      },
    };

    expect(() => writeFiles(root, changes, files)).toThrow('c.ts changed in the meantime');
    expect(tree()).toEqual({ ...before, 'c.ts': 'let c = 3;' });
  });

  it('leaves everything as it was or as it should be, wherever the power is cut', () => {
    const whole = dyingDisk(Infinity);
    writeFiles(root, changes, whole.files);
    undoWrite(root);
    const outcomes = new Set<string>();
    for (let steps = 1; steps <= whole.taken() + 1; steps += 1) {
      const { files } = dyingDisk(steps);

      try {
        writeFiles(root, changes, files);
      } catch {
        // The process has ended; this is the next one.
      }
      if (hasUnfinishedWrite(root)) undoWrite(root);

      const isWritten = tree()['a.ts'] === after['a.ts'];
      outcomes.add(isWritten ? 'written' : 'as it was');
      expect(tree(), `step ${steps}`).toEqual(isWritten ? after : before);
      if (isWritten) undoWrite(root);
    }
    expect(whole.taken()).toBeGreaterThan(15);
    expect([...outcomes].sort()).toEqual(['as it was', 'written']);
  });

  it('can go on with an undo wherever it was cut off', () => {
    writeFiles(root, changes);
    const whole = dyingDisk(Infinity);
    undoWrite(root, whole.files);
    for (let steps = 1; steps <= whole.taken(); steps += 1) {
      writeFiles(root, changes);

      expect(() => undoWrite(root, dyingDisk(steps).files)).toThrow('the disk is gone');
      // The last step removes contents that nothing refers to any more.
      if (Object.keys(tree()).length > 3 || hasUnfinishedWrite(root)) undoWrite(root);

      expect(tree(), `step ${steps}`).toEqual(before);
    }
  });

  it('leaves everything as it was when the disk is full, whatever still fits', () => {
    for (let freeWrites = 0; ; freeWrites += 1) {
      try {
        writeFiles(root, changes, fullDisk(freeWrites));
        break;
      } catch (error) {
        expect(String(error)).toContain('ENOSPC');
        expect(tree(), `${freeWrites} writes`).toEqual(before);
        expect(hasUnfinishedWrite(root)).toBe(false);
      }
    }
    expect(tree()).toEqual(after);
  });

  it('can still undo the run before one that has failed', () => {
    writeFiles(root, changes);
    const again = changes.map((change) => ({ ...change, before: change.after, after: `${change.after} ` }));
    const files: FileSystem = {
      ...disk,
      rename(from, to) {
        if (to.endsWith('c.ts')) throw new Error('EACCES: permission denied');
        disk.rename(from, to);
      },
    };

    expect(() => writeFiles(root, again, files)).toThrow('what was has been put back: EACCES');
    expect(tree()).toEqual(after);
    undoWrite(root);
    expect(tree()).toEqual(before);
  });

  it('puts an earlier run back that was cut off, before it writes', () => {
    const { files } = dyingDisk(14);
    expect(() => writeFiles(root, changes, files)).toThrow();
    expect(hasUnfinishedWrite(root)).toBe(true);

    writeFiles(root, changes);

    expect(tree()).toEqual(after);
  });

  it('stays out while another run writes, and goes on after one that was killed', () => {
    const lock = join(root, '.refacet-migrate', 'lock');
    mkdirSync(join(root, '.refacet-migrate'));
    writeFileSync(lock, String(process.ppid));

    expect(() => writeFiles(root, changes)).toThrow('Another run is writing in this project.');
    expect(tree()).toEqual(before);

    writeFileSync(lock, String(spawnSync(process.execPath, ['--version']).pid));
    writeFiles(root, changes);
    expect(tree()).toEqual(after);
    expect(existsSync(lock)).toBe(false);

    writeFileSync(lock, String(process.ppid));
    expect(() => undoWrite(root)).toThrow('Another run is writing in this project.');
    expect(tree()).toEqual(after);
  });

  it('has nothing to undo where nothing was written', () => {
    expect(() => undoWrite(root)).toThrow('There is nothing to undo.');
  });
});
