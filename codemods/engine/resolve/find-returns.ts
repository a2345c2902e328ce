import { ts } from 'ts-morph';
import type { Carrier, ReturningDeclaration } from './carrier.js';
import type { SourceTypes } from './source-types.js';

/** The functions and accessors in the files whose outcome is source-typed, or a promise of such a value. */
export function findReturns(
  files: readonly ts.SourceFile[],
  types: SourceTypes,
  firstIndex: number,
): readonly Carrier[] {
  const carriers: Carrier[] = [];
  const visit = (node: ts.Node): void => {
    const carrier = isReturning(node) ? readReturn(node, firstIndex + carriers.length, types) : undefined;
    if (carrier !== undefined) carriers.push(carrier);
    ts.forEachChild(node, visit);
  };
  files.flatMap((file) => types.codeOf(file)).forEach(visit);
  return carriers;
}

function isReturning(node: ts.Node): node is ReturningDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ((ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && isConstant(node))
  );
}

function readReturn(node: ReturningDeclaration, index: number, types: SourceTypes): Carrier | undefined {
  const nameNode = nameOf(node);
  if (nameNode === undefined || !mayReturnSource(node)) return undefined;
  const { checker } = types;
  const type = checker.getSignatureFromDeclaration(node)?.getReturnType();
  if (type === undefined) return undefined;
  const promise = types.isSource(type) ? undefined : promised(type, types);
  const awaited = promise !== undefined && types.isSource(promise) ? promise : undefined;
  const value = awaited ?? type;
  const isCollection = awaited === undefined && types.isCollection(type);
  if (!types.isSource(value) && !isCollection) return undefined;
  return {
    index,
    declaration: node,
    name: nameNode.text,
    nameNode,
    typeNode: node.type,
    isNullable: types.isNullable(value),
    isCollection,
    returns: awaited === undefined ? 'value' : 'promise',
  };
}

/** Spares the question where the written type is of a kind that cannot be it. */
function mayReturnSource({ type }: ReturningDeclaration): boolean {
  return (
    type === undefined ||
    ts.isTypeReferenceNode(type) ||
    ts.isUnionTypeNode(type) ||
    ts.isImportTypeNode(type) ||
    ts.isArrayTypeNode(type) ||
    ts.isTupleTypeNode(type) ||
    ts.isTypeLiteralNode(type) ||
    ts.isTypeOperatorNode(type)
  );
}

function promised(type: ts.Type, { checker }: SourceTypes): ts.Type | undefined {
  if ((type.symbol as ts.Symbol | undefined)?.name !== 'Promise') return undefined;
  return checker.getAwaitedType(type);
}

function nameOf(node: ReturningDeclaration): ts.Identifier | ts.PrivateIdentifier | undefined {
  const name =
    ts.isArrowFunction(node) || ts.isFunctionExpression(node)
      ? (node.parent as ts.VariableDeclaration).name
      : node.name;
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name : undefined;
}

function isConstant({ parent }: ts.ArrowFunction | ts.FunctionExpression): boolean {
  return (
    ts.isVariableDeclaration(parent) &&
    parent.type === undefined &&
    (parent.parent.flags & ts.NodeFlags.Const) !== 0
  );
}
