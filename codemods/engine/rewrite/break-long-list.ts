import { ts } from 'ts-morph';
import { indentAt } from '../indentation.js';
import type { FileRewriter } from './file-rewriter.js';
import type { TextOf } from './text-of.js';

interface BracketedList {
  readonly elements: readonly ts.Node[];
  /** Where the opening bracket is, and what follows the closing one. */
  readonly start: number;
  readonly end: number;
  readonly padding: '' | ' ';
}

/** Puts each item on a line of its own where one declaration or argument has become several and the line too long. */
export function breakLongList({ file, style, edits }: FileRewriter, of: ts.Node): void {
  const holder = outerList(of);
  const list = listOf(holder, file.text);
  if (list === undefined || file.text.slice(list.start, list.end).includes('\n')) return;
  const { elements, start, end, padding } = list;
  const before = start - (file.text.lastIndexOf('\n', start - 1) + 1);
  const lineEnd = /\r?\n|$/.exec(file.text.slice(end))?.index ?? 0;
  const build = (textOf: TextOf): string => {
    const texts = elements.map((element, index) =>
      textOf(index === 0 ? start + 1 : (elements[index - 1]?.end ?? start) + 1, element.end).trim(),
    );
    const [open = '', close = ''] = [file.text[start], file.text[end - 1]];
    const line = `${open}${padding}${texts.join(', ')}${padding}${close}`;
    const isLong = before + line.length + lineEnd > style.width && line.length > end - start;
    const grown = ts.isConstructorDeclaration(holder) && elements.length === 1 && texts.join().includes(',');
    if ((!isLong && !grown) || line.includes('\n')) return line;
    const items = itemsOf(texts.join(', '), holder);
    // As formatters do it: properties that are declared as parameters have a line each, where there are several.
    if (
      !isLong &&
      !(items.length > 1 && items.some((item) => /^(?:public|private|protected|readonly)\b/.test(item)))
    )
      return line;
    // In the middle of a line, or alone, arguments would read worse broken than long.
    // A short call of what it gives may follow, as in `).then(done);`.
    const endsLine =
      lineEnd <= 3 || /^(?:\.[\w$]+(?:\([\w$]*\))?)+;?$/.test(file.text.slice(end, end + lineEnd));
    const isWorthIt = ts.isCallLikeExpression(holder)
      ? items.length > 1 && endsLine && isOutermost(holder)
      : endsLine || !ts.isObjectLiteralExpression(holder) || !ts.isCallLikeExpression(holder.parent);
    if (!isWorthIt) return line;
    const indent = indentAt(file.text, start);
    const inner = items.map((text) => `${style.newline}${indent}${style.unit}${text}`).join(',');
    // Behind a rest there is nothing, not even a comma.
    const endsWithRest = !ts.isCallLikeExpression(holder) && items.at(-1)?.startsWith('...') === true;
    const hasComma = padding === '' ? style.argumentCommas : style.trailingCommas;
    const comma = hasComma && !endsWithRest ? ',' : '';
    return `${open}${inner}${comma}${style.newline}${indent}${close}`;
  };
  edits.add({ start, end, key: 'list', build });
}

/** A function type that is a parameter's keeps its line as long as the parameters around it can have their own. */
function outerList(holder: ts.Node): ts.Node {
  const isInner = ts.isFunctionTypeNode(holder) && ts.isParameter(holder.parent);
  return isInner ? outerList(holder.parent.parent) : holder;
}

/** Whether a call is what its line is about, and no item of a list on it. */
function isOutermost(call: ts.Node): boolean {
  const { parent } = call;
  if (ts.isArrayLiteralExpression(parent) || ts.isObjectLiteralExpression(parent)) return false;
  if (ts.isCallLikeExpression(parent)) return (parent as ts.CallExpression).expression === call;
  return !ts.isExpression(parent) || ts.isArrowFunction(parent) || isOutermost(parent);
}

/** The items of a list as it is now: one item of before may have become several. */
function itemsOf(inner: string, holder: ts.Node): readonly string[] {
  const code = ts.isObjectBindingPattern(holder)
    ? `const { ${inner} } = x`
    : ts.isFunctionLike(holder)
      ? `class X { constructor(${inner}) {} }`
      : ts.isObjectLiteralExpression(holder)
        ? `x = { ${inner} }`
        : `x(${inner})`;
  const file = ts.createSourceFile('list.ts', code, ts.ScriptTarget.Latest, true);
  const find = (node: ts.Node): readonly ts.Node[] | undefined => {
    if (ts.isObjectBindingPattern(node)) return node.elements;
    if (ts.isConstructorDeclaration(node)) return node.parameters;
    if (ts.isObjectLiteralExpression(node)) return node.properties;
    return ts.isCallExpression(node) ? node.arguments : ts.forEachChild(node, find);
  };
  return find(file)?.map((item) => item.getText()) ?? [inner];
}

function listOf(holder: ts.Node, text: string): BracketedList | undefined {
  const elements: readonly ts.Node[] | undefined = ts.isObjectBindingPattern(holder)
    ? holder.elements
    : ts.isObjectLiteralExpression(holder)
      ? holder.properties
      : ts.isFunctionLike(holder)
        ? holder.parameters
        : ts.isCallExpression(holder) || ts.isNewExpression(holder)
          ? holder.arguments
          : undefined;
  const [first, last] = [elements?.[0], elements?.at(-1)];
  if (elements === undefined || first === undefined || last === undefined) return undefined;
  const isBraced = ts.isObjectBindingPattern(holder) || ts.isObjectLiteralExpression(holder);
  const [open, close] = isBraced ? ['{', '}'] : ['(', ')'];
  const start = text.lastIndexOf(open, first.getStart());
  const end = text.indexOf(close, last.end) + 1;
  // Nothing but space and a comma may stand between brackets and items: comments keep the list as it is.
  const isPlain =
    text.slice(start + 1, first.getStart()).trim() === '' && /^,?\s*$/.test(text.slice(last.end, end - 1));
  const gaps = elements.slice(1).every((element, index) => {
    return /^,\s*$/.test(text.slice(elements[index]?.end, element.getStart()));
  });
  return isPlain && gaps ? { elements, start, end, padding: isBraced ? ' ' : '' } : undefined;
}
