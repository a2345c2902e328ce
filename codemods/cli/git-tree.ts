import { execFileSync } from 'node:child_process';

/** Whether the git repository of a folder has uncommitted changes; a folder without git has none. */
export function isDirty(folder: string): boolean {
  try {
    const status = execFileSync('git', ['status', '--porcelain', '--', '.'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return status.trim() !== '';
  } catch {
    // No repository, no tree to be dirty.
    return false;
  }
}
