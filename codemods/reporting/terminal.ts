import { explain } from '../engine/explain.js';
import { accountLines } from './account-lines.js';
import type { Account } from './account.js';
import { count } from './count.js';
import { describeBlocker } from './describe-blocker.js';
import { pagesAbout } from './reason-page.js';
import type { Report } from './report.js';
import type { LeftAlone } from './left-alone.js';

/** The report as a person reads it. */
export function terminalReport(report: Report): string {
  const { found, rewritten, left, changedFiles, touchedBesides, leftAlone, blockers, occurrences } = report;
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
    uncheckedLines(occurrences?.unchecked ?? []),
  ].filter(({ length }) => length > 0);
  const earlier =
    report.earlierErrors === 0
      ? []
      : [
          `${count(report.earlierErrors, 'type error')} ${report.earlierErrors === 1 ? 'was' : 'were'} there before.`,
        ];
  const account = occurrences === undefined || occurrences.total === 0 ? [] : [accountOf(occurrences)];
  return [...sections.flatMap((lines) => [...lines, '']), summary, ...account, ...earlier, ''].join('\n');
}

/** All of them stand in the JSON; a person does not read more than these at once. */
const maximumUnchecked = 20;

function uncheckedLines(unchecked: Account['unchecked']): readonly string[] {
  const lines = unchecked.slice(0, maximumUnchecked).map(({ path, line, column, name, kind }) => {
    const where = kind === 'string' ? 'in a string' : 'on a value of type any';
    return `${path}:${line}:${column} ${name} ${where}: no compiler checks it. See whether it means the source's.`;
  });
  const more = unchecked.length - lines.length;
  return more > 0 ? [...lines, `… and ${count(more, 'place')} more, all of them in --json.`] : lines;
}

function accountOf(account: Account): string {
  const times = account.total === 1 ? 'once' : `${account.total} times`;
  return `Names of members occur ${times}: ${accountLines(account)
    .map((line) => `${line.count} ${line.what}`)
    .join(', ')}.`;
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
