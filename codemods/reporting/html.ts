import { explain } from '../engine/explain.js';
import { toProjectPath } from '../engine/project-path.js';
import type { FileChange } from '../engine/writing/write-files.js';
import { accountLines } from './account-lines.js';
import type { Blocker } from './blockers.js';
import { count } from './count.js';
import { diffReport } from './diff.js';
import { htmlStyle } from './html-style.js';
import { isWork, type Report } from './report.js';
import type { LeftAlone } from './left-alone.js';

/** The report as one page that needs nothing else: no script, no font, no request. */
export function htmlReport(report: Report, root: string, changes: readonly FileChange[]): string {
  const { found, rewritten, left, changedFiles, leftAlone, blockers, occurrences } = report;
  const work = leftAlone.filter(isWork);
  const settled = leftAlone.filter((line) => !isWork(line));
  const sections = [
    section('What blocks most', blockers.length, blockerTable(blockers)),
    section('For a person to do', work.length, leftTable(work)),
    section('Left as it is, with nothing to do', settled.length, leftTable(settled)),
    occurrences === undefined
      ? ''
      : section('Every occurrence of a member’s name', occurrences.total, accountTable(occurrences)),
    section('Changes', changes.length, changes.map((change) => diffBlock(root, change)).join('\n')),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>refacet: ${rewritten} of ${count(found, 'use')} rewritten</title>
<style>${htmlStyle}</style>
</head>
<body>
<main>
<h1>Migration report</h1>
<dl class="numbers">
${number(found, found === 1 ? 'use found' : 'uses found')}
${number(rewritten, 'rewritten')}
${number(left, 'left alone')}
${number(changedFiles.length, changedFiles.length === 1 ? 'file changed' : 'files changed')}
</dl>
${bar(rewritten, left)}
${sections.filter((text) => text !== '').join('\n')}
</main>
</body>
</html>
`;
}

function number(value: number, label: string): string {
  return `<div><dd>${value}</dd><dt>${label}</dt></div>`;
}

function bar(rewritten: number, left: number): string {
  const total = rewritten + left;
  if (total === 0) return '';
  const share = ((rewritten / total) * 100).toFixed(1);
  return `<div class="bar" role="img" aria-label="${share} % rewritten"><span style="width:${share}%"></span></div>`;
}

function section(title: string, size: number, content: string): string {
  return size === 0 ? '' : `<section>\n<h2>${title} <small>${size}</small></h2>\n${content}\n</section>`;
}

function blockerTable(blockers: readonly Blocker[]): string {
  const rows = blockers.map((blocker) => {
    const { seen, next } = explain(blocker);
    return `<tr><td class="count">${blocker.blockedUses}</td><td>${count(blocker.blockedFiles, 'file')}</td><td>${place(blocker)}</td><td>${reason(blocker.reason, seen, next)}</td></tr>`;
  });
  return table(['Uses', 'In', 'Blocked by', 'Why, and what to do'], rows);
}

function leftTable(lines: readonly LeftAlone[]): string {
  const rows = lines.map((line) => {
    const { seen, next } = explain(line.blockedBy ?? line);
    const origin = line.blockedBy === undefined ? '' : `<br>blocked by ${place(line.blockedBy)}`;
    return `<tr><td>${place(line)}${origin}</td><td><code>${escape(line.name)}</code></td><td>${reason(line.blockedBy?.reason ?? line.reason, seen, next)}</td></tr>`;
  });
  return table(['Where', 'What', 'Why, and what to do'], rows);
}

function accountTable(account: NonNullable<Report['occurrences']>): string {
  const rows = accountLines(account).map(
    (line) => `<tr><td class="count">${line.count}</td><td>${escape(line.what)}</td></tr>`,
  );
  return table(['Times', 'What it is'], rows);
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<div class="wide"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`;
}

function reason(code: string, seen: string, next: string): string {
  return `${escape(seen)} ${escape(next)} <span class="code">${code}</span>`;
}

function place({ path, line, column }: { path: string; line: number; column: number }): string {
  return `<code>${escape(`${path}:${line}:${column}`)}</code>`;
}

function diffBlock(root: string, change: FileChange): string {
  const lines = diffReport(root, [change])
    .split('\n')
    .slice(2)
    .map((line) => {
      const kind = line.startsWith('@@')
        ? 'hunk'
        : line.startsWith('+')
          ? 'added'
          : line.startsWith('-')
            ? 'removed'
            : '';
      return kind === '' ? `<span>${escape(line)}</span>` : `<span class="${kind}">${escape(line)}</span>`;
    });
  return `<details><summary><code>${escape(toProjectPath(root, change.path))}</code></summary>\n<pre>${lines.join('\n')}</pre></details>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
