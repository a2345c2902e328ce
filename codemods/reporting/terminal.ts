import { explain } from '../engine/explain.js';
import type { LeftAlone, Report } from './report.js';

/** The report as a person reads it. */
export function terminalReport(report: Report): string {
  const { found, rewritten, left, changedFiles, leftAlone } = report;
  const lines = leftAlone.map(describe);
  const summary =
    `${count(found, 'use')} found, ${rewritten} rewritten, ${left} left alone; ` +
    `${count(changedFiles.length, 'file')} changed.`;
  return [...lines, ...(lines.length > 0 ? [''] : []), summary, ''].join('\n');
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

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
