import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { sandboxOptions } from './sandbox-options.js';

function makePlace() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'refacet-sandbox-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const place = {
    files: join(root, 'home/state/tasks/a/files'),
    stateDirectory: join(root, 'home/state'),
    homeDirectory: join(root, 'home'),
  };
  mkdirSync(join(place.files, 'tmp'), { recursive: true });
  return { root, place };
}

const after = (options: readonly string[], name: string): string[] =>
  options.flatMap((option, index) => (option === name ? [options[index + 1] ?? ''] : []));

describe('the options of a sandbox', () => {
  it('cover the home and the state directory before the own files are put in, and keep the covers empty', () => {
    const { place } = makePlace();

    const options = sandboxOptions(place);

    expect(after(options, '--tmpfs')).toEqual(
      expect.arrayContaining([place.homeDirectory, place.stateDirectory]),
    );
    expect(options.lastIndexOf('--tmpfs')).toBeLessThan(options.lastIndexOf('--bind'));
    expect(options.lastIndexOf('--bind')).toBeLessThan(options.indexOf('--remount-ro'));
    expect(after(options, '--remount-ro')).toEqual(after(options, '--tmpfs'));
    expect(after(options, '--bind')).toEqual([join(place.files, 'tmp'), place.files]);
  });

  it('follow links to where a home really is', () => {
    const { root, place } = makePlace();
    symlinkSync(place.homeDirectory, join(root, 'link'));

    const options = sandboxOptions({ ...place, homeDirectory: join(root, 'link') });

    expect(after(options, '--tmpfs')).toContain(place.homeDirectory);
    expect(after(options, '--tmpfs')).not.toContain(join(root, 'link'));
  });

  it.each(['/', '/usr/sbin', '/bin', '/dev', '/nonexistent', ''])(
    'do not cover a home that is none: %j',
    (homeDirectory) => {
      const { place } = makePlace();

      expect(after(sandboxOptions({ ...place, homeDirectory }), '--tmpfs')).not.toContain(homeDirectory);
    },
  );

  it('do not cut the grace of a kill short', () => {
    const { place } = makePlace();

    expect(sandboxOptions(place)).not.toContain('--new-session');
    expect(sandboxOptions(place)).not.toContain('--die-with-parent');
  });
});
