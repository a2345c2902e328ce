import { ts } from 'ts-morph';
import { isWriteTarget } from '../inline/is-reassigned.js';
import type { Double, DoubleLiteral, DoubleSite } from './carrier.js';
import { isSourceDoubleType, isWholeType } from './double-type.js';
import { bareMock, readMember } from './double-member.js';
import type { SourceTypes } from './source-types.js';

/** Reads a variable that holds nothing but doubles; `undefined` for any other. */
export function readDouble(declaration: ts.VariableDeclaration, types: SourceTypes): Double | undefined {
  const { initializer, parent: list, type, name } = declaration;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length !== 1) return undefined;
  if (!ts.isVariableStatement(list.parent) || !ts.isIdentifier(name)) return undefined;
  if (type !== undefined && !isSourceDoubleType(type, types)) return undefined;
  const values: Value[] = [];
  if (initializer !== undefined)
    values.push({ expression: initializer, statement: list.parent, nameNode: name });
  if ((list.flags & ts.NodeFlags.Const) === 0) {
    if (type === undefined || list.parent.modifiers !== undefined) return undefined;
    const assigned = assignmentsTo(declaration, name, types);
    if (assigned === undefined) return undefined;
    values.push(...assigned);
  }
  const read = values.map((value) => readSite(value, types));
  if (read.length === 0 || !read.every((site) => site !== undefined)) return undefined;
  const asserted = read.flatMap(({ assertions }) => assertions);
  const sites = read.map(({ site }) => site);
  const members = sites.flatMap((site) => site.members);
  // Two doubles are made in another order than one was, which only mocks and functions do not show.
  const isSplit = new Set(members.map(({ slot }) => slot)).size > 1;
  if (isSplit && !members.every(({ isDroppable }) => isDroppable)) return undefined;
  const isComplete = type !== undefined && isWholeType(type) && asserted.length === 0;
  if (isComplete && !sites.every((site) => bareMock(site.literal) !== undefined)) return undefined;
  return {
    sites,
    members,
    helpers: sites.flatMap((site) => site.helpers),
    typeNodes: [...(type === undefined ? [] : [type]), ...asserted],
    isWhole: type === undefined ? asserted.some((node) => isWholeType(node)) : isWholeType(type),
    isComplete,
  };
}

interface Value {
  readonly expression: ts.Expression;
  readonly statement: DoubleSite['statement'];
  readonly nameNode: ts.Identifier;
}

/** Every statement that sets a variable; `undefined` if it is set in any other way. */
function assignmentsTo(
  declaration: ts.VariableDeclaration,
  { text }: ts.Identifier,
  { checker }: SourceTypes,
): readonly Value[] | undefined {
  const symbol = checker.getSymbolAtLocation(declaration.name);
  const values: (Value | undefined)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === text && node !== declaration.name && isWriteTarget(node)) {
      const target = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      if (target === symbol) values.push(readAssignment(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration.getSourceFile());
  return values.every((value) => value !== undefined) ? values : undefined;
}

function readAssignment(nameNode: ts.Identifier): Value | undefined {
  const { parent: assignment } = nameNode;
  if (!ts.isBinaryExpression(assignment) || assignment.left !== nameNode) return undefined;
  if (assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const statement = assignment.parent;
  return ts.isExpressionStatement(statement) && ts.isBlock(statement.parent)
    ? { expression: assignment.right, statement, nameNode }
    : undefined;
}

function readSite(
  { expression, statement, nameNode }: Value,
  types: SourceTypes,
): { readonly site: DoubleSite; readonly assertions: readonly ts.TypeNode[] } | undefined {
  const read = readLiteral(expression, types);
  return read && { site: { ...read, statement, nameNode }, assertions: read.assertions };
}

/** Reads an object literal of doubles for members, with the assertions around it; `undefined` for anything else. */
export function readLiteral(expression: ts.Expression, types: SourceTypes): DoubleLiteral | undefined {
  const assertions: ts.TypeNode[] = [];
  let literal = expression;
  while (
    ts.isAsExpression(literal) ||
    ts.isSatisfiesExpression(literal) ||
    ts.isParenthesizedExpression(literal)
  ) {
    if (!ts.isParenthesizedExpression(literal)) {
      const { type } = literal;
      if (isSourceDoubleType(type, types)) assertions.push(type);
      else if (type.kind !== ts.SyntaxKind.UnknownKeyword && type.kind !== ts.SyntaxKind.AnyKeyword)
        return undefined;
    }
    literal = literal.expression;
  }
  if (!ts.isObjectLiteralExpression(literal) || literal.properties.length === 0) return undefined;
  if (hasLooseComments(literal)) return undefined;
  const read = literal.properties.map((property) => readMember(property, types));
  if (!read.every((member) => member !== undefined)) return undefined;
  const members = read.flatMap((member) => ('method' in member ? [member] : []));
  const helpers = read.flatMap((member) => ('method' in member ? [] : [member]));
  return members.length === 0 ? undefined : { literal, members, helpers, assertions };
}

/** Comments that belong to no member: behind one, or before the end. */
function hasLooseComments(literal: ts.ObjectLiteralExpression): boolean {
  const { text } = literal.getSourceFile();
  const isFollowed = (position: number): boolean =>
    (ts.getTrailingCommentRanges(text, position) ?? []).length > 0;
  return (
    (ts.getLeadingCommentRanges(text, literal.properties.end) ?? []).length > 0 ||
    literal.properties.some(({ end }) => isFollowed(end) || (text[end] === ',' && isFollowed(end + 1)))
  );
}
