import { ts } from 'ts-morph';
import { indentAt, startsLine } from '../indentation.js';
import type { Page } from '../inline/layout.js';
import {
  narrowWidth,
  readLayoutEvidence,
  usualWidth,
  type IsTouched,
  type LayoutEvidence,
} from './layout-evidence.js';

/** How a file is written: what new code in it has to look like. */
export interface FileStyle {
  readonly width: number;
  readonly unit: string;
  readonly newline: string;
  readonly quote: "'" | '"';
  readonly hasSemicolons: boolean;
  /** Behind the last item of lists in braces and square brackets. */
  readonly trailingCommas: boolean;
  /** Behind the last argument or parameter. */
  readonly argumentCommas: boolean;
}

/** Where lists over several lines end with a comma: everywhere, nowhere, or not behind arguments and parameters. */
export type TrailingCommas = 'all' | 'es5' | 'none';

/** What is known beside the file. */
export interface StyleSources {
  /** Line width of the project's formatter, if it is known. */
  readonly width: number | undefined;
  readonly commas: TrailingCommas | undefined;
  /** What other files of the project tell, for what this one does not. */
  readonly project: LayoutEvidence;
  /** Lines that a migration changes: their length tells nothing that would still hold afterwards. */
  readonly isTouched: IsTouched;
}

/** Reads the style off the formatter's configuration, the file itself, and the rest of the project. */
export function readFileStyle(file: ts.SourceFile, sources: StyleSources): FileStyle {
  const { text } = file;
  const firstImport = file.statements.find((statement) => ts.isImportDeclaration(statement));
  const importText = firstImport?.getText();
  const evidence = readLayoutEvidence(file, sources.isTouched);
  return {
    width: sources.width ?? widthOf(text, evidence, sources),
    unit: indentUnit(codeLines(file)),
    newline: text.split('\r\n').length > text.split('\n').length / 2 ? '\r\n' : '\n',
    quote: importText === undefined || importText.includes("'") ? "'" : '"',
    hasSemicolons: (importText ?? ';').endsWith(';'),
    ...commasOf(evidence, sources),
  };
}

function widthOf(text: string, own: LayoutEvidence, { project, isTouched }: StyleSources): number {
  const { broken, wide } = own.broken > 0 || own.wide > 0 ? own : project;
  if (broken > wide) return narrowWidth;
  const lines = text.split(/\r?\n/).filter((line) => !line.includes('http') && !isTouched(line));
  return Math.max(usualWidth, ...lines.map((line) => line.length));
}

/** What the file says, then what the project says; a comma where nobody says anything. */
function commasOf(
  own: LayoutEvidence,
  { commas, project }: StyleSources,
): Pick<FileStyle, 'trailingCommas' | 'argumentCommas'> {
  if (commas !== undefined) return { trailingCommas: commas !== 'none', argumentCommas: commas === 'all' };
  const [literals, inArguments] = [own.literals || project.literals, own.arguments || project.arguments];
  // Who leaves it out behind the last property leaves it out behind an argument; who has it there may well have it here.
  return {
    trailingCommas: (literals || inArguments) >= 0,
    argumentCommas: (inArguments || literals) >= 0,
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
    argumentCommas: style.argumentCommas,
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
