import { ts } from 'ts-morph';
import { indentAt, startsLine } from '../indentation.js';
import type { Page } from '../inline/layout.js';

/** How a file is written: what new code in it has to look like. */
export interface FileStyle {
  readonly width: number;
  readonly unit: string;
  readonly newline: string;
  readonly quote: "'" | '"';
  readonly hasSemicolons: boolean;
  readonly trailingCommas: boolean;
}

/** Reads the style off the file itself; `width` comes from the formatter's configuration, if there is any. */
export function readFileStyle(file: ts.SourceFile, width: number | undefined): FileStyle {
  const { text } = file;
  const lines = text.split(/\r?\n/);
  const firstImport = file.statements.find((statement) => ts.isImportDeclaration(statement));
  const importText = firstImport?.getText();
  return {
    width:
      width ?? Math.max(100, ...lines.filter((line) => !line.includes('http')).map((line) => line.length)),
    unit: indentUnit(withoutTemplates(file).split(/\r?\n/)),
    newline: text.split('\r\n').length > text.split('\n').length / 2 ? '\r\n' : '\n',
    quote: importText === undefined || importText.includes("'") ? "'" : '"',
    hasSemicolons: (importText ?? ';').endsWith(';'),
    trailingCommas:
      /,[ \t]*(?:\/\/[^\n]*)?\r?\n\s*[)\]}]/.test(text) || !/[\w'"`)\]]\r?\n\s*[)\]]/.test(text),
  };
}

/** The page for code that starts at a position of the file and ends at another. */
export function pageAt(file: ts.SourceFile, style: FileStyle, start: number, end: number): Page {
  const { text } = file;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  return {
    width: style.width,
    unit: style.unit,
    newline: style.newline,
    trailingCommas: style.trailingCommas,
    indent: indentAt(text, start),
    column: start - lineStart,
    following: (lineEnd < 0 ? text.length : lineEnd) - end,
  };
}

/** What stands between two items that take the place of one: a new line where the one had a line of its own. */
export function separatorAt(file: ts.SourceFile, style: FileStyle, start: number): string {
  return startsLine(file.text, start) ? `${style.newline}${indentAt(file.text, start)}` : ' ';
}

/** The text without what is inside template literals: their lines start where the value wants it. */
function withoutTemplates(file: ts.SourceFile): string {
  if (!file.text.includes('`')) return file.text;
  let text = '';
  let position = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node)) {
      text += file.text.slice(position, node.getStart(file));
      position = node.end;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return text + file.text.slice(position);
}

function indentUnit(lines: readonly string[]): string {
  if (lines.some((line) => line.startsWith('\t'))) return '\t';
  const depths = lines.flatMap((line) => {
    const depth = /^ +(?=[^\s*])/.exec(line)?.[0].length;
    return depth === undefined ? [] : [depth];
  });
  const smallest = Math.min(...depths.filter((depth) => depth >= 2));
  return ' '.repeat(Number.isFinite(smallest) ? Math.min(smallest, 8) : 2);
}
