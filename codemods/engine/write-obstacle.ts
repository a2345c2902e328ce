import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Cause } from './reasons.js';

/** Why a file on the disk must not be written; `undefined` when it may be. */
export function writeObstacle(root: string, path: string): Cause | undefined {
  if (/(^|\/)node_modules\//.test(path)) return { reason: 'outside-the-project' };
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    // Not there: a file that only exists in memory.
    return undefined;
  }
  const inRoot = relative(realpathSync(root), real).split(sep).join('/');
  if (inRoot.startsWith('../') || inRoot === '..') return { reason: 'outside-the-project', detail: real };
  if (inRoot !== relative(root, path).split(sep).join('/'))
    return { reason: 'symbolic-link', detail: inRoot };
  if (!isWritable(path)) return { reason: 'read-only-file' };
  const bytes = readFileSync(path);
  // What is no UTF-8 does not come back as the same bytes.
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes)
    ? undefined
    : { reason: 'unknown-encoding' };
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
  } catch {
    return false;
  }
  // Whoever may do everything is still told by the mode what is meant to stay.
  return (statSync(path).mode & 0o222) !== 0;
}
