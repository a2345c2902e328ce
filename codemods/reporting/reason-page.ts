import type { Reason } from '../engine/reasons.js';
import type { LeftAlone } from './left-alone.js';

/** Where the package says what a reason means and what to do about it by hand. */
export function reasonPage(reason: Reason): string {
  return `docs/migration-guide/reasons/${reason}.md`;
}

/** The pages about everything that was left alone, each once. */
export function pagesAbout(leftAlone: readonly LeftAlone[]): readonly string[] {
  const reasons = leftAlone.map(({ reason, blockedBy }) => blockedBy?.reason ?? reason);
  return [...new Set(reasons)].sort().map(reasonPage);
}
