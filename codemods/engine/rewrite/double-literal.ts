import { ts } from 'ts-morph';
import { indentAt } from '../indentation.js';
import type { DoubleLiteral, DoubleSite } from '../resolve/carrier.js';
import { bareMock } from '../resolve/double-member.js';
import type { FileRewriter } from './file-rewriter.js';
import type { TextOf } from './text-of.js';

export interface LiteralOfSlot {
  readonly double: Pick<DoubleLiteral, 'literal' | 'members' | 'helpers'>;
  /** What the literal stands in, for its indentation. */
  readonly statement: ts.Node;
  /** The compiler asks for all members of the facet. */
  readonly isComplete?: boolean;
  readonly slot: number;
  /** All slots that the double becomes. */
  readonly slots: readonly number[];
}

/** The object literal of a double with the members of one facet, under their names there. */
export function doubleLiteralText(
  rewriter: FileRewriter,
  { double, statement, isComplete = false, slot, slots }: LiteralOfSlot,
  textOf: TextOf,
): string {
  const { text } = rewriter.file;
  const { literal } = double;
  const promised = rewriter.index.types.facetMembers(slot) ?? [];
  const kept = literal.properties.flatMap((node) => {
    const member = double.members.find((one) => one.node === node);
    if (member !== undefined) return member.slot === slot ? [{ node: member.node, name: member.method }] : [];
    // What no method of a facet stands for is never called, so the facet's own method of the name may have it.
    const helper = double.helpers.find((one) => one.node === node);
    const isPromised = helper !== undefined && promised.some(({ name }) => name === helper.name);
    return isPromised && isComplete ? [{ node: helper.node, name: helper.name }] : [];
  });
  const filler = bareMock(literal);
  const added = isComplete
    ? promised.filter(
        ({ name, flags }) =>
          (flags & ts.SymbolFlags.Optional) === 0 && !kept.some((member) => member.name === name),
      )
    : [];
  if (slots.length === 1 && kept.length === literal.properties.length && added.length === 0) {
    return inPlace(kept, literal, textOf);
  }
  const { newline, unit, trailingCommas, width } = rewriter.style;
  const indent = indentAt(text, statement.getStart());
  const lineBreak = `${newline}${indent}${unit}`;
  const texts = [
    ...kept.map(
      ({ node, name }) => `${leadingComments(text, node, lineBreak)}${memberText(node, name, textOf)}`,
    ),
    ...added.map(({ name }) => `${name}: ${filler ?? 'undefined'}`),
  ];
  const line = `{ ${texts.join(', ')} }`;
  const column = literal.getStart() - text.lastIndexOf('\n', literal.getStart()) - 1;
  const isOneLine = !literal.getText().includes('\n') && column + line.length < width;
  return isOneLine
    ? line
    : `{${texts.map((one) => `${lineBreak}${one}`).join(',')}${trailingCommas ? ',' : ''}${newline}${indent}}`;
}

interface Kept {
  readonly node: DoubleSite['members'][number]['node'];
  readonly name: string;
}

/** The literal as it is, with other names. */
function inPlace(kept: readonly Kept[], literal: ts.ObjectLiteralExpression, textOf: TextOf): string {
  let result = '';
  let position = literal.getStart();
  for (const { node, name } of kept) {
    result += textOf(position, node.getStart()) + memberText(node, name, textOf);
    position = node.end;
  }
  return result + textOf(position, literal.end);
}

function memberText(node: Kept['node'], name: string, textOf: TextOf): string {
  const own = node.name.getText();
  if (name === own) return textOf(node.getStart(), node.end);
  if (ts.isShorthandPropertyAssignment(node)) return `${name}: ${own}`;
  // Modifiers of a method stay before its name.
  return `${textOf(node.getStart(), node.name.getStart())}${name}${textOf(node.name.end, node.end)}`;
}

function leadingComments(text: string, node: ts.Node, lineBreak: string): string {
  return (ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
    .map(({ pos, end }) => `${text.slice(pos, end)}${lineBreak}`)
    .join('');
}
