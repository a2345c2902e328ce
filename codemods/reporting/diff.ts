import { createTwoFilesPatch } from 'diff';
import { toProjectPath } from '../engine/project-path.js';
import type { FileChange } from '../engine/writing/write-files.js';

/** The changes as a patch that `git apply` and `patch -p1` take. */
export function diffReport(root: string, files: readonly FileChange[]): string {
  return files
    .map(({ path, before, after }) => {
      const name = toProjectPath(root, path);
      const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, '', '', { context: 3 });
      return patch.replace(/^=+\n/, '').replace(/^(---|\+\+\+) (\S+)\t?$/gm, '$1 $2');
    })
    .join('');
}
