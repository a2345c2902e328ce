import { explain } from '../engine/explain.js';
import type { Blocker } from './blockers.js';
import { count } from './count.js';

/** What one place keeps from moving: `1 use blocks 37 uses in 9 files: src/x.ts:40 The value is compared…`. */
export function describeBlocker(blocker: Blocker): string {
  const { path, line, reason, blockedUses, blockedFiles } = blocker;
  const { seen, next } = explain(blocker);
  const what = `1 use blocks ${count(blockedUses, 'use')} in ${count(blockedFiles, 'file')}`;
  return `${what}: ${path}:${line} ${seen} ${next} [${reason}]`;
}
