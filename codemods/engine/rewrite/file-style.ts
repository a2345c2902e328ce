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
    unit: indentUnit(codeLines(file)),
    newline: text.split('\r\n').length > text.split('\n').length / 2 ? '\r\n' : '\n',
    quote: importText === undefined || importText.includes("'") ? "'" : '"',
    hasSemicolons: (importText ?? ';').endsWith(';'),
    trailingCommas: hasTrailingCommas(file),
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
    indent: indentAt(text, start) + (startsBranch(text, start) ? '  ' : ''),
    column: start - lineStart,
    following: (lineEnd < 0 ? text.length : lineEnd) - end,
  };
}

/** Whether a branch of a choice starts here on a line of its own: what it holds is indented from behind the mark. */
function startsBranch(text: string, start: number): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return /^\s*[?:] /.test(text.slice(lineStart, start));
}

/** What stands between two items that take the place of one: a new line where the one had a line of its own. */
export function separatorAt(file: ts.SourceFile, style: FileStyle, start: number): string {
  return startsLine(file.text, start) ? `${style.newline}${indentAt(file.text, start)}` : ' ';
}

/** Whether lists over several lines end with a comma; they do where none says otherwise. */
function hasTrailingCommas(file: ts.SourceFile): boolean {
  let balance = 0;
  const count = (list: ts.NodeArray<ts.Node>): void => {
    const last = list.at(-1);
    if (last === undefined) return;
    // The end of a list is that of its last comma: what follows is space and comments up to the bracket.
    const bracket = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*/.exec(file.text.slice(list.end))?.[0] ?? '';
    if (bracket.includes('\n') && !isRest(last)) balance += list.hasTrailingComma ? 1 : -1;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (node.arguments !== undefined) count(node.arguments);
    } else if (ts.isFunctionLike(node)) count(node.parameters);
    else if (ts.isObjectLiteralExpression(node)) count(node.properties);
    else if (
      ts.isArrayLiteralExpression(node) ||
      ts.isObjectBindingPattern(node) ||
      ts.isNamedImports(node) ||
      ts.isNamedExports(node)
    )
      count(node.elements);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return balance >= 0;
}

function isRest(node: ts.Node): boolean {
  return (ts.isParameter(node) || ts.isBindingElement(node)) && node.dotDotDotToken !== undefined;
}

/** The lines that are indented as code: not those inside of templates. */
function codeLines(file: ts.SourceFile): readonly string[] {
  const lines = file.text.split(/\r?\n/);
  if (!file.text.includes('`')) return lines;
  const inside = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node)) {
      const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line;
      const last = file.getLineAndCharacterOfPosition(node.end).line;
      for (let line = first + 1; line <= last; line += 1) inside.add(line);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines.filter((_, index) => !inside.has(index));
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
