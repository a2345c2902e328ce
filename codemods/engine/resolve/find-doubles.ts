import { ts } from 'ts-morph';
import { findMethod } from '../facade/facade-model.js';
import { slotsIn } from '../facade/template.js';
import type { Carrier, Double, DoubleMember, Flow } from './carrier.js';
import type { SourceTypes } from './source-types.js';
import { withoutWrappers } from './transparent.js';

/**
 * Test doubles among what goes into carriers: constants that hold an object literal made of members of the source and
 * nothing else, each of which has one method of one facet to take its place.
 */
export function findDoubles(
  files: readonly ts.SourceFile[],
  flows: readonly Flow[],
  types: SourceTypes,
  firstIndex: number,
): readonly Carrier[] {
  const found = new Map<ts.Node, Carrier>();
  const handedOver = flows.flatMap(({ from, expression }) =>
    from === undefined && !ts.isBindingElement(expression) ? [expression] : [],
  );
  for (const expression of [...handedOver, ...bridgedExpressions(files, types)]) {
    const bare = withoutWrappers(expression);
    if (!ts.isIdentifier(bare)) continue;
    const symbol = ts.isShorthandPropertyAssignment(bare.parent)
      ? types.checker.getShorthandAssignmentValueSymbol(bare.parent)
      : types.checker.getSymbolAtLocation(bare);
    const declaration = symbol?.valueDeclaration;
    if (declaration === undefined || found.has(declaration) || !ts.isVariableDeclaration(declaration))
      continue;
    const double = readDouble(declaration, types);
    if (double === undefined || !ts.isIdentifier(declaration.name)) continue;
    found.set(declaration, {
      index: firstIndex + found.size,
      declaration,
      name: declaration.name.text,
      nameNode: declaration.name,
      typeNode: undefined,
      isNullable: false,
      double,
    });
  }
  return [...found.values()];
}

/** What an earlier run, or a person, has put a bridge around. */
function bridgedExpressions(files: readonly ts.SourceFile[], types: SourceTypes): readonly ts.Expression[] {
  const name = types.facade.model.wayBack?.name;
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (types.isWayBackCall(node)) found.push(...node.arguments);
    ts.forEachChild(node, visit);
  };
  for (const file of files) if (name !== undefined && file.text.includes(name)) visit(file);
  return found;
}

function readDouble(declaration: ts.VariableDeclaration, types: SourceTypes): Double | undefined {
  const { initializer, parent, type } = declaration;
  if (!ts.isVariableDeclarationList(parent)) return undefined;
  const statement = parent.parent;
  if (initializer === undefined || type !== undefined || !ts.isVariableStatement(statement)) return undefined;
  if (parent.declarations.length !== 1 || (parent.flags & ts.NodeFlags.Const) === 0) return undefined;
  if (!ts.isObjectLiteralExpression(initializer) || initializer.properties.length === 0) return undefined;
  const members = initializer.properties.map((property) => readMember(property, types));
  if (!members.every((member) => member !== undefined)) return undefined;
  // Two doubles are made in another order than one was, which only mocks and functions do not show.
  const isSplit = new Set(members.map(({ slot }) => slot)).size > 1;
  if (isSplit && !members.every(({ node }) => ts.isMethodDeclaration(node) || isMock(node.initializer)))
    return undefined;
  return { literal: initializer, statement, members };
}

function readMember(node: ts.ObjectLiteralElementLike, types: SourceTypes): DoubleMember | undefined {
  if (!ts.isPropertyAssignment(node) && !ts.isMethodDeclaration(node)) return undefined;
  if (!ts.isIdentifier(node.name)) return undefined;
  const method = findMethod(types.facade.model, node.name.text);
  const template = method?.template;
  if (method === undefined || template?.kind !== 'call' || template.callee.kind !== 'member')
    return undefined;
  const { object, name } = template.callee;
  if (object.kind !== 'slot' || slotsIn(template).length !== 1) return undefined;
  // A body of its own takes the arguments by position.
  const hasOwnBody = ts.isMethodDeclaration(node) || containsFunction(node.initializer);
  if (method.identity === undefined && hasOwnBody) return undefined;
  return { node, name: node.name.text, slot: object.slot, method: name };
}

/** A function, or what a test framework's own function makes: `vi.fn().mockResolvedValue(…)`. */
function isMock(node: ts.Expression): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  let root = node;
  while (ts.isCallExpression(root) || ts.isPropertyAccessExpression(root)) root = root.expression;
  return ts.isIdentifier(root) && ['vi', 'jest', 'sinon', 'mock'].includes(root.text);
}

function containsFunction(node: ts.Node): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node.parameters.length > 0;
  return ts.forEachChild(node, (child) => containsFunction(child) || undefined) === true;
}
