import { explain } from '../engine/explain.js';
import { count } from '../reporting/count.js';
import { describeBlocker } from '../reporting/describe-blocker.js';
import type { Batch } from './batches.js';
import type { Comparison } from './baseline.js';
import type { Status } from './status.js';

/** A status as a person reads it: by file, reason and owner, then what blocks most. */
export function describeStatus(status: Status): string {
  const { source, found, canMove, left, byFile, byReason, byOwner, blockers } = status;
  const number = (value: number): string => String(value).padStart(8);
  const row = (moves: number, stays: number, text: string): string =>
    `${number(moves)}${number(stays)}  ${text}`;
  const sections = [
    section(
      'can move    left  by file',
      byFile.map((file) => row(file.canMove, file.left, [file.path, ...file.owners].join('  '))),
    ),
    section(
      'can move    left  by owner',
      byOwner.map((one) =>
        row(one.canMove, one.left, `${one.owner ?? '(nobody)'}, ${count(one.files, 'file')}`),
      ),
    ),
    section(
      '    left  by reason',
      byReason.map(({ reason, left: stays, files }) => {
        const { seen } = explain({ reason });
        return `${number(stays)}  ${reason}, ${count(files, 'file')}: ${seen}`;
      }),
    ),
    section('what blocks most', blockers.map(describeBlocker)),
  ];
  const summary = `${count(found, 'use')} of ${source}: ${canMove} can move, ${left} would be left\n`;
  return [...sections.filter((text) => text !== ''), summary].join('\n');
}

/** The batches, each with the command that migrates it. */
export function describeBatches(batches: readonly Batch[]): string {
  if (batches.length === 0) return 'Nothing can move.\n';
  const blocks = batches.map(({ paths, owners, uses }, index) => {
    const facts = [count(paths.length, 'file'), count(uses, 'place'), ...owners].join(', ');
    return `# batch ${index + 1} of ${batches.length}: ${facts}\nrefacet migrate --write ${paths.map(quote).join(' ')}\n`;
  });
  return blocks.join('\n');
}

/** What a comparison with the baseline says. */
export function describeComparison(comparison: Comparison, file: string): string {
  switch (comparison.kind) {
    case 'same':
      return `As many uses as in ${file}.\n`;
    case 'unknown':
      return `${file} cannot be compared with: ${comparison.why}. Write it anew with --update.\n`;
    case 'better':
      return `Fewer uses than in ${file}. Lower it with --update.\n`;
    case 'moved':
      return `As many uses as in ${file}, at other places. Record them with --update.\n`;
    case 'worse': {
      const lines = comparison.changes.map(({ place, before, now }) => {
        const [path = '', symbol = '', member = ''] = place.split('\t');
        return `${path} ${symbol}: ${count(now, 'use')} of ${member}, ${before} in the baseline\n`;
      });
      return `${lines.join('')}More uses than in ${file}. Use the facets, or accept them with --update.\n`;
    }
  }
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.join('\n')}\n`;
}

/** A path as a shell takes it. */
function quote(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
