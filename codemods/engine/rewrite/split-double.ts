import { ts } from 'ts-morph';
import { indentAt } from '../indentation.js';
import type { Carrier, Double, DoubleSite } from '../resolve/carrier.js';
import { servesSlots } from '../resolve/literal-double.js';
import { withWrappers } from '../resolve/transparent.js';
import { doubleLiteralText } from './double-literal.js';
import { slotTypeName } from './slot-names.js';
import { slotsToDeclare } from './slots-to-declare.js';
import type { FileRewriter } from './file-rewriter.js';
import type { TextOf } from './text-of.js';
import { releaseType, typeText } from './type-text.js';

/** Makes one double per facet out of one for the source: a copy of each statement with its part of the members. */
export function splitDouble(rewriter: FileRewriter, carrier: Carrier, double: Double): void {
  const slots = slotsToDeclare(carrier, rewriter.slotsOf(carrier) ?? []);
  for (const node of double.typeNodes) releaseType(rewriter, node);
  const declared = ts.findAncestor(carrier.declaration, ts.isVariableStatement);
  if (declared !== undefined && !double.sites.some(({ statement }) => statement === declared)) {
    copy(rewriter, carrier, slots, declared, (slot) =>
      piecesOf(rewriter, carrier, double, declared, carrier.nameNode, slot),
    );
  }
  for (const site of double.sites) {
    copy(rewriter, carrier, slots, site.statement, (slot, textOf) => [
      ...piecesOf(rewriter, carrier, double, site.statement, site.nameNode, slot),
      {
        node: site.literal,
        text: doubleLiteralText(
          rewriter,
          { double: site, statement: site.statement, isComplete: double.isComplete, slot, slots },
          textOf,
        ),
      },
    ]);
  }
}

interface Piece {
  readonly node: ts.Node;
  readonly text: string;
}

/** Writes a statement once for each slot, with some of its parts replaced. */
function copy(
  rewriter: FileRewriter,
  carrier: Carrier,
  slots: readonly number[],
  statement: DoubleSite['statement'],
  pieces: (slot: number, textOf: TextOf) => readonly Piece[],
): void {
  const { text } = rewriter.file;
  const joint = `${rewriter.style.newline}${indentAt(text, statement.getStart())}`;
  const build = (textOf: TextOf): string =>
    slots
      .map((slot) => {
        let result = '';
        let position = statement.getStart();
        const ordered = [...pieces(slot, textOf)].sort((left, right) => left.node.pos - right.node.pos);
        for (const { node, text: replacement } of ordered) {
          result += text.slice(position, node.getStart()) + replacement;
          position = node.end;
        }
        return result + text.slice(position, statement.end);
      })
      .join(joint);
  rewriter.edit(carrier, { start: statement.getStart(), end: statement.end, key: 'double', build });
}

/** The name and the types in a statement. */
function piecesOf(
  rewriter: FileRewriter,
  carrier: Carrier,
  { typeNodes }: Double,
  statement: ts.Statement,
  nameNode: ts.Node,
  slot: number,
): readonly Piece[] {
  const inside = typeNodes.filter((node) => node.pos >= statement.pos && node.end <= statement.end);
  return [
    { node: nameNode, text: rewriter.nameOf(carrier, slot) },
    ...inside.map((node) => ({ node, text: typeText(rewriter, carrier, node, slot) })),
  ];
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
  if (!slotsToDeclare(carrier, [slot]).includes(slot)) return `{} as ${type()}`;
  const name = rewriter.nameOf(carrier, slot);
  if (double.isWhole || fitsSlot(rewriter, double, slot)) return name;
  const wrapped = value.getText();
  if (/\bas\s+unknown\s+as\b/.test(wrapped)) return `${name} as unknown as ${type()}`;
  return /\bas\b/.test(wrapped) ? `${name} as ${type()}` : name;
}

/**
 * One facet's part of a double that is written where the source was asked for; `undefined` where the value is none, or
 * cannot be taken apart.
 */
export function literalText(
  rewriter: FileRewriter,
  owner: Carrier,
  value: ts.Expression,
  slot: number,
  textOf: TextOf,
): string | undefined {
  const slots = rewriter.slotsOf(owner) ?? [];
  const double = rewriter.doubleAt(value);
  if (double === undefined || !servesSlots(double, slots)) return undefined;
  const { literal, assertions } = double;
  for (const node of assertions) releaseType(rewriter, node);
  if (!double.members.some((member) => member.slot === slot))
    return `{} as ${slotTypeName(rewriter, owner, slot)}`;
  const own = doubleLiteralText(rewriter, { double, statement: literal, slot, slots }, textOf);
  const { text } = rewriter.file;
  const whole = withWrappers(literal);
  let result = '';
  let position = whole.getStart();
  const pieces = [literal, ...assertions].sort((left, right) => left.pos - right.pos);
  for (const node of pieces) {
    result += text.slice(position, node.getStart());
    result += node === literal ? own : typeText(rewriter, owner, node as ts.TypeNode, slot);
    position = node.end;
  }
  return result + text.slice(position, whole.end);
}

/** Whether a double has all that its facet promises, so that no assertion is needed to pass it. */
function fitsSlot(rewriter: FileRewriter, { members, typeNodes }: Double, slot: number): boolean {
  const { types } = rewriter.index;
  const { checker, facade } = types;
  // `Partial` says of each member that it may not be there.
  if (typeNodes.some((node) => ts.isVariableDeclaration(node.parent))) return false;
  const promised = types.facetMembers(slot);
  return (
    promised?.every((property) => {
      const member = members.find((one) => one.slot === slot && one.method === property.name);
      if (member === undefined) return (property.flags & ts.SymbolFlags.Optional) !== 0;
      const wanted = checker.getTypeOfSymbolAtLocation(property, facade.facadeDeclaration);
      return checker.isTypeAssignableTo(checker.getTypeAtLocation(member.node), wanted);
    }) === true
  );
}

function releaseAssertions(rewriter: FileRewriter, value: ts.Expression): void {
  for (
    let node = value;
    ts.isAsExpression(node) || ts.isParenthesizedExpression(node);
    node = node.expression
  ) {
    if (ts.isAsExpression(node)) rewriter.imports.release(node.type);
  }
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
