import { createTwoFilesPatch } from 'diff';
import ts from 'typescript';
import { explain, type Reason } from '../../../codemods/index.js';
import type { ReasonPage } from './reason-page.js';

/** A fixture as far as a page shows it: what is left in it for the reason, and its files. */
export interface ShownFixture {
  readonly name: string;
  /** Path in the fixture and 1-based line. */
  readonly place: { readonly path: string; readonly line: number };
  readonly read: (path: string) => string;
}

/** The text of `docs/migration-guide/reasons/<reason>.md`. */
export function printReasonPage(reason: Reason, page: ReasonPage, fixture: ShownFixture | undefined): string {
  const { seen, next } = explain({ reason });
  return [
    `# ${reason}`,
    '',
    `> ${seen} ${next}`,
    '',
    page.why,
    '',
    ...(fixture === undefined ? [] : example(fixture)),
    '## What to do by hand',
    '',
    page.byHand,
    '',
    ...(fixture === undefined ? [] : fixes(page, fixture)),
    '[All reasons](README.md) · [Phase 2](../phase-2-migrate.md)',
    '',
  ].join('\n');
}

/** The text of the page that lists them. */
export function printReasonList(reasons: readonly Reason[]): string {
  return [
    '# Why something was left alone',
    '',
    'A use is rewritten with its meaning intact, or it is left alone with one of these reasons. Each has a page: what it',
    'means, an example, and what to do by hand. The examples are what the tool is tested with, and so is what they advise:',
    'the tests do it and run the tool again.',
    '',
    '| reason | what was seen |',
    '| --- | --- |',
    ...reasons.map((reason) => `| [${reason}](${reason}.md) | ${explain({ reason }).seen} |`),
    '',
  ].join('\n');
}

function example({ place, read }: ShownFixture): string[] {
  return [
    '## Example',
    '',
    `In \`${place.path}\`:`,
    '',
    `\`\`\`${place.path.endsWith('.js') ? 'js' : 'typescript'}`,
    statementAt(place.path, read(place.path), place.line),
    '```',
    '',
  ];
}

/** The whole statement of a file that a line is in, with its comments. */
function statementAt(path: string, text: string, line: number): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const position = file.getPositionOfLineAndCharacter(line - 1, 0);
  const statement = file.statements.find(({ pos, end }) => pos <= position && position < end);
  return statement === undefined ? text.trim() : statement.getFullText().trim();
}

function fixes({ fix = {} }: ReasonPage, { read }: ShownFixture): string[] {
  return Object.entries(fix).flatMap(([path, edits]) => {
    const before = read(path);
    const patch = createTwoFilesPatch(path, path, before, applyFix(before, edits), undefined, undefined, {
      context: 2,
    });
    const lines = patch.trimEnd().split('\n');
    const changes = lines.slice(lines.findIndex((line) => line.startsWith('@@')) + 1);
    const shown = changes.filter((line) => !line.startsWith('@@'));
    const first = shown.findIndex((line) => line.trim() !== '');
    return [`In \`${path}\`:`, '', '```diff', ...shown.slice(first), '```', ''];
  });
}

/** Puts each fixed piece in the place of the old one, which must be there. */
export function applyFix(text: string, edits: readonly (readonly [old: string, fixed: string])[]): string {
  return edits.reduce((edited, [old, fixed]) => {
    if (!edited.includes(old)) throw new Error(`this is not in the fixture any more:\n${old}`);
    return edited.replace(old, () => fixed);
  }, text);
}
