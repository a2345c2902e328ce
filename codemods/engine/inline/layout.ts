import { fixedLines } from './fixed-lines.js';

/** Code that knows where its lines may break. */
export type Layout = string | SourceText | Concatenation | List;

/** Text that was written somewhere else, perhaps over several lines. */
interface SourceText {
  readonly kind: 'source';
  readonly text: string;
  /** Indentation of the line that it started on. */
  readonly indent: string;
}

interface Concatenation {
  readonly kind: 'concatenation';
  readonly parts: readonly Layout[];
}

interface List {
  readonly kind: 'list';
  readonly open: string;
  readonly close: string;
  readonly items: readonly ListItem[];
  /** A space inside the brackets when it stands on one line. */
  readonly isPadded: boolean;
  /** Only the last item breaks, when that is enough: `f(ctx, {` … `})`. */
  readonly hugsLast: boolean;
}

/** An item of a list, with the comments that go where it goes. */
export interface ListItem {
  readonly layout: Layout;
  readonly leading: readonly string[];
  readonly trailing: readonly string[];
  /** On lines of their own after the item. */
  readonly below: readonly string[];
}

/** Where code is printed to. Lengths are in characters. */
export interface Page {
  readonly width: number;
  /** Indentation of the line that the code starts on. */
  readonly indent: string;
  /** One step of indentation. */
  readonly unit: string;
  readonly newline: string;
  /** What already stands on the line before the code. */
  readonly column: number;
  /** What follows on the line after the code. */
  readonly following: number;
  readonly trailingCommas: boolean;
  readonly argumentCommas: boolean;
}

export function concatenate(...parts: readonly Layout[]): Layout {
  return { kind: 'concatenation', parts };
}

/** Prints on one line where that fits, else breaks the outermost lists that have to break. */
export function printLayout(layout: Layout, page: Page): string {
  const flat = flatten(layout, page.indent);
  if (!mustBreak(layout) && fits(flat, page)) return flat;
  if (typeof layout === 'string') return layout;
  if (layout.kind === 'source') return flat;
  if (layout.kind === 'list') return printList(layout, page);
  // The last list of a chain takes the break; what stands before it stays on the line.
  const last = layout.parts.findLastIndex((part) => typeof part !== 'string');
  let text = '';
  layout.parts.forEach((part, index) => {
    const following =
      index === last
        ? flatten({ kind: 'concatenation', parts: layout.parts.slice(index + 1) }, page.indent).length +
          page.following
        : 0;
    text +=
      index === last
        ? printLayout(part, { ...page, column: columnAfter(text, page), following })
        : flatten(part, page.indent);
  });
  return text;
}

function printList(list: List, page: Page): string {
  const last = list.items.at(-1);
  if (list.hugsLast && last !== undefined && canHug(list, page)) {
    const before = list.items.slice(0, -1).map((item) => `${flattenItem(item, page.indent)}, `);
    const head = `${list.open}${before.join('')}${last.leading.map((comment) => `${comment} `).join('')}`;
    const column = columnAfter(head, page);
    const following = page.following + list.close.length;
    return `${head}${printLayout(last.layout, { ...page, column, following })}${list.close}`;
  }
  if (list.items.length === 0) return `${list.open}${list.close}`;
  const indent = page.indent + page.unit;
  const hasTrailingComma = list.open === '(' ? page.argumentCommas : page.trailingCommas;
  const lines = list.items.map((item, index) => {
    const isLast = index === list.items.length - 1;
    const comma = isLast && !hasTrailingComma ? '' : ',';
    const leading = item.leading
      .map((comment) => (comment.startsWith('//') ? `${comment}${page.newline}${indent}` : `${comment} `))
      .join('');
    const inLine = item.trailing
      .filter((comment) => !comment.startsWith('//'))
      .map((comment) => ` ${comment}`);
    const trailing = item.trailing
      .filter((comment) => comment.startsWith('//'))
      .map((comment) => ` ${comment}`);
    const inner = { ...page, indent, column: indent.length + leading.length, following: comma.length };
    const below = item.below.map((comment) => `${page.newline}${indent}${comment}`);
    return `${indent}${leading}${printLayout(item.layout, inner)}${inLine.join('')}${comma}${[...trailing, ...below].join('')}`;
  });
  return [list.open, ...lines, `${page.indent}${list.close}`].join(page.newline);
}

function canHug(list: List, page: Page): boolean {
  const last = list.items.at(-1);
  if (last === undefined || last.trailing.length > 0 || last.below.length > 0) return false;
  const isBreakable =
    typeof last.layout === 'string' ? last.layout.includes('\n') : last.layout.kind === 'list';
  const before = list.items.slice(0, -1);
  if (!isBreakable || typeof last.layout === 'string' || last.layout.kind === 'concatenation') return false;
  if (before.some((item) => mustBreakItem(item) || flattenItem(item, page.indent).includes('\n')))
    return false;
  if (last.leading.some((comment) => comment.startsWith('//'))) return false;
  const [firstLine = ''] = last.layout.kind === 'source' ? last.layout.text.split('\n') : [last.layout.open];
  const head = `${list.open}${before.map((item) => `${flattenItem(item, page.indent)}, `).join('')}${firstLine}`;
  return page.column + head.length <= page.width;
}

/** The code on the line that it starts on, whose indentation is told. */
function flatten(layout: Layout, indent: string): string {
  if (typeof layout === 'string') return layout;
  if (layout.kind === 'source') return indentSource(layout, indent);
  if (layout.kind === 'concatenation') return layout.parts.map((part) => flatten(part, indent)).join('');
  if (layout.items.length === 0) return `${layout.open}${layout.close}`;
  const pad = layout.isPadded ? ' ' : '';
  const items = layout.items.map((item) => flattenItem(item, indent));
  return `${layout.open}${pad}${items.join(', ')}${pad}${layout.close}`;
}

function flattenItem({ leading, layout, trailing }: ListItem, indent: string): string {
  return [...leading, flatten(layout, indent), ...trailing].join(' ');
}

function mustBreak(layout: Layout): boolean {
  if (typeof layout === 'string' || layout.kind === 'source') return false;
  if (layout.kind === 'concatenation') return layout.parts.some(mustBreak);
  // Text of several lines may only end a line that it started as the last argument of a call.
  const hasLines = layout.items.some((item, index) => {
    const isHugged = layout.hugsLast && index === layout.items.length - 1 && typeof item.layout !== 'string';
    return flattenItem(item, '').includes('\n') && !(isHugged && item.layout.kind === 'source');
  });
  return hasLines || layout.items.some(mustBreakItem);
}

function mustBreakItem({ leading, layout, trailing, below }: ListItem): boolean {
  if (below.length > 0) return true;
  return [...leading, ...trailing].some((comment) => comment.startsWith('//')) || mustBreak(layout);
}

/** Moves the inner lines of text along with its first one. */
function indentSource({ text, indent }: SourceText, wanted: string): string {
  if (indent === wanted || !text.includes('\n')) return text;
  const fixed = fixedLines(text);
  return text
    .split('\n')
    .map((line, index) =>
      index > 0 && !fixed.has(index) && line.startsWith(indent) ? wanted + line.slice(indent.length) : line,
    )
    .join('\n');
}

function fits(flat: string, page: Page): boolean {
  const lines = flat.split('\n');
  const [first = ''] = lines;
  if (lines.length === 1) return page.column + first.length + page.following <= page.width;
  // Text of several lines came that way: its first line decides, and its last argument is what was broken.
  return page.column + first.length <= page.width;
}

function columnAfter(text: string, page: Page): number {
  const lastBreak = text.lastIndexOf('\n');
  return lastBreak < 0 ? page.column + text.length : text.length - lastBreak - 1;
}
