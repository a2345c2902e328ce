import { ts } from 'ts-morph';
import { indentAt } from '../indentation.js';
import type { Carrier, Double } from '../resolve/carrier.js';
import { slotTypeOf } from '../facade/slot-type.js';
import { slotTypeName } from './slot-names.js';
import type { FileRewriter } from './file-rewriter.js';
import type { TextOf } from './text-of.js';

/** Makes one double per facet out of one for the source. */
export function splitDouble(rewriter: FileRewriter, carrier: Carrier, double: Double): void {
  const slots = slotsOfDouble(double);
  const [only] = slots;
  if (slots.length === 1 && only !== undefined) {
    replace(rewriter, carrier, carrier.nameNode, rewriter.nameOf(carrier, only));
    for (const { node, name, method } of double.members) {
      if (name !== method) replace(rewriter, carrier, node.name, method);
    }
    return;
  }
  const { statement, literal } = double;
  const { text } = rewriter.file;
  const indent = indentAt(text, statement.getStart());
  const isMultiLine = literal.getText().includes('\n');
  const { newline, unit, hasSemicolons, trailingCommas } = rewriter.style;
  const build = (textOf: TextOf): string =>
    slots
      .map((slot) => {
        const members = double.members
          .filter((member) => member.slot === slot)
          .map(
            ({ node, method }) =>
              `${leadingComments(text, node, `${newline}${indent}${unit}`)}${method}${textOf(node.name.end, node.end)}`,
          );
        const inner = isMultiLine
          ? `{${members.map((member) => `${newline}${indent}${unit}${member}`).join(',')}${trailingCommas ? ',' : ''}${newline}${indent}}`
          : `{ ${members.join(', ')} }`;
        return `const ${rewriter.nameOf(carrier, slot)} = ${inner}${hasSemicolons ? ';' : ''}`;
      })
      .join(`${newline}${indent}`);
  rewriter.edit(carrier, { start: statement.getStart(), end: statement.end, key: 'double', build });
}

/** The slots that a double has members for, in the order of the constructor. */
export function slotsOfDouble({ members }: Double): readonly number[] {
  return [...new Set(members.map(({ slot }) => slot))].sort((left, right) => left - right);
}

/** A double where its facet is asked for. A facet without members gets an empty one, as the double had none of them. */
export function doubleText(
  rewriter: FileRewriter,
  carrier: Carrier,
  double: Double,
  value: ts.Expression,
  slot: number,
): string {
  releaseAssertions(rewriter, value);
  const type = (): string => slotTypeName(rewriter, carrier, slot);
  if (!slotsOfDouble(double).includes(slot)) return `{} as ${type()}`;
  const name = rewriter.nameOf(carrier, slot);
  if (fitsSlot(rewriter, double, slot)) return name;
  const wrapped = value.getText();
  if (/\bas\s+unknown\s+as\b/.test(wrapped)) return `${name} as unknown as ${type()}`;
  return /\bas\b/.test(wrapped) ? `${name} as ${type()}` : name;
}

/** Whether a double has all that its facet promises, so that no assertion is needed to pass it. */
function fitsSlot(rewriter: FileRewriter, { members }: Double, slot: number): boolean {
  const { checker, facade } = rewriter.index.types;
  const origin = facade.model.slots[slot]?.origin;
  const type = origin && slotTypeOf(checker, facade.facadeDeclaration, origin);
  if (type === undefined) return false;
  return type.getProperties().every((property) => {
    const member = members.find((one) => one.slot === slot && one.method === property.name);
    if (member === undefined) return (property.flags & ts.SymbolFlags.Optional) !== 0;
    const wanted = checker.getTypeOfSymbolAtLocation(property, facade.facadeDeclaration);
    return checker.isTypeAssignableTo(checker.getTypeAtLocation(member.node), wanted);
  });
}

function releaseAssertions(rewriter: FileRewriter, value: ts.Expression): void {
  const release = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) rewriter.imports.release(node);
    ts.forEachChild(node, release);
  };
  for (
    let node = value;
    ts.isAsExpression(node) || ts.isParenthesizedExpression(node);
    node = node.expression
  ) {
    if (ts.isAsExpression(node)) release(node.type);
  }
}

function leadingComments(text: string, node: ts.Node, lineBreak: string): string {
  return (ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
    .map(({ pos, end }) => `${text.slice(pos, end)}${lineBreak}`)
    .join('');
}

function replace(rewriter: FileRewriter, owner: Carrier, node: ts.Node, text: string): void {
  rewriter.edit(owner, { start: node.getStart(), end: node.end, key: text, build: () => text });
}

/** The text of a read of a double. */
export function doubleMemberText(
  rewriter: FileRewriter,
  carrier: Carrier,
  slot: number,
  method: string,
): string {
  return `${rewriter.nameOf(carrier, slot)}.${method}`;
}
