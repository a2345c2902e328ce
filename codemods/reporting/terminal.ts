import { explain } from '../engine/explain.js';
import { count } from './count.js';
import { describeBlocker } from './describe-blocker.js';
import { pagesAbout } from './reason-page.js';
import type { LeftAlone, Report } from './report.js';

/** The report as a person reads it. */
export function terminalReport(report: Report): string {
  const { found, rewritten, left, changedFiles, touchedBesides, leftAlone, blockers } = report;
  const summary =
    `${count(found, 'use')} found, ${rewritten} rewritten, ${left} left alone; ` +
    `${count(changedFiles.length, 'file')} changed.`;
  const pages = pagesAbout(leftAlone);
  const sections = [
    leftAlone.map(describe),
    blockers.map(describeBlocker),
    touchedBesides.map((path) => `${path} changes as well: it was migrated earlier, or calls what changes.`),
    pages.length > 0
      ? ['What to do by hand, in the package refacet:', ...pages.map((page) => `  ${page}`)]
      : [],
  ].filter(({ length }) => length > 0);
  return [...sections.flatMap((lines) => [...lines, '']), summary, ''].join('\n');
}

function describe({ path, line, column, name, reason, detail, blockedBy }: LeftAlone): string {
  const place = `${path}:${line}:${column} ${name}`;
  if (blockedBy === undefined) {
    const { seen, next } = explain({ reason, detail });
    return `${place} left alone: ${seen} ${next} [${reason}]`;
  }
  const { seen, next } = explain(blockedBy);
  const origin = `${blockedBy.path}:${blockedBy.line}`;
  return `${place} left alone, blocked by ${origin}: ${seen} ${next} [${blockedBy.reason}]`;
}
