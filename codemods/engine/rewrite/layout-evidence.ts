import { ts } from 'ts-morph';

/** What the lists and lines of files tell about how they are formatted. */
export interface LayoutEvidence {
  /** Lists in braces and square brackets over several lines that end with a comma, less those that do not. */
  readonly literals: number;
  /** The same for arguments and parameters. */
  readonly arguments: number;
  /** Arguments and parameters that were broken because 100 characters fit into a line, and are too many for it. */
  readonly broken: number;
  /** Lines of code of more than 80 characters. */
  readonly wide: number;
}

/** The width that most formatters have by default, and the one that is taken where nothing tells. */
export const narrowWidth = 80;
export const usualWidth = 100;

/** Tells lines whose length means nothing. */
export type IsTouched = (line: string) => boolean;

/** Reads a file's lists and lines. */
export function readLayoutEvidence(file: ts.SourceFile, isTouched: IsTouched): LayoutEvidence {
  const { text } = file;
  const found = { literals: 0, arguments: 0, broken: 0 };
  const count = (kind: 'literals' | 'arguments', list: ts.NodeArray<ts.Node>): void => {
    const last = list.at(-1);
    if (last === undefined) return;
    // The end of a list is that of its last comma: what follows is space and comments up to the bracket.
    const bracket = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*/.exec(text.slice(list.end))?.[0] ?? '';
    if (!bracket.includes('\n')) return;
    if (!isRest(last)) found[kind] += list.hasTrailingComma ? 1 : -1;
    if (kind === 'arguments' && isTooLongFor(file, list, narrowWidth)) found.broken += 1;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (node.arguments !== undefined) count('arguments', node.arguments);
    } else if (ts.isFunctionLike(node)) count('arguments', node.parameters);
    else if (ts.isObjectLiteralExpression(node)) count('literals', node.properties);
    else if (
      ts.isArrayLiteralExpression(node) ||
      ts.isObjectBindingPattern(node) ||
      ts.isNamedImports(node) ||
      ts.isNamedExports(node)
    )
      count('literals', node.elements);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return {
    ...found,
    wide: text.split(/\r?\n/).filter((line) => isWideCode(line) && !isTouched(line)).length,
  };
}

/** All that several files tell. */
export function addEvidence(all: readonly LayoutEvidence[]): LayoutEvidence {
  const sum = (key: keyof LayoutEvidence): number => all.reduce((total, one) => total + one[key], 0);
  return {
    literals: sum('literals'),
    arguments: sum('arguments'),
    broken: sum('broken'),
    wide: sum('wide'),
  };
}

/** Whether a broken list would be longer than a width on one line, and yet not longer than usual. */
function isTooLongFor(file: ts.SourceFile, list: ts.NodeArray<ts.Node>, width: number): boolean {
  const { text } = file;
  const texts = list.map((item) => item.getText(file));
  const [first] = list;
  if (first === undefined || texts.some((item) => item.includes('\n'))) return false;
  const start = text.lastIndexOf('(', first.getStart(file));
  if (start < 0 || !/^\(\s*\n\s*$/.test(text.slice(start, first.getStart(file)))) return false;
  const close = text.indexOf(')', list.end);
  const [rest = ''] = text.slice(close).split('\n', 1);
  const before = start - (text.lastIndexOf('\n', start) + 1);
  const length = before + 1 + texts.join(', ').length + rest.trimEnd().length;
  return length > width && length <= usualWidth;
}

/** Long text and comments are as long as they are, in any width. */
function isWideCode(line: string): boolean {
  return line.length > narrowWidth && !/^\s*(?:\/\/|\/?\*)|https?:|\/\/ |(['"`]).{24,}\1/.test(line);
}

function isRest(node: ts.Node): boolean {
  return (ts.isParameter(node) || ts.isBindingElement(node)) && node.dotDotDotToken !== undefined;
}
