import { ts } from 'ts-morph';
import { isReassigned } from '../inline/is-reassigned.js';
import type { Carrier, HoldingDeclaration } from './carrier.js';
import type { SourceTypes } from './source-types.js';

/** Every declaration in the files that holds a source-typed value, in the order of the files. */
export function findCarriers(files: readonly ts.SourceFile[], types: SourceTypes): readonly Carrier[] {
  const carriers: Carrier[] = [];
  const visit = (node: ts.Node): void => {
    const carrier = isHolding(node) ? readCarrier(node, carriers.length, types) : undefined;
    if (carrier !== undefined) carriers.push(carrier);
    ts.forEachChild(node, visit);
  };
  files.flatMap((file) => types.codeOf(file)).forEach(visit);
  return carriers;
}

function isHolding(node: ts.Node): node is HoldingDeclaration {
  return (
    ts.isParameter(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

function readCarrier(node: HoldingDeclaration, index: number, types: SourceTypes): Carrier | undefined {
  const nameNode = node.name;
  if (!ts.isIdentifier(nameNode) && !ts.isPrivateIdentifier(nameNode)) return undefined;
  if (!mayBeSource(node)) return undefined;
  const symbol = types.checker.getSymbolAtLocation(nameNode);
  if (symbol === undefined) return undefined;
  const type = types.checker.getTypeOfSymbolAtLocation(symbol, nameNode);
  const isSource = types.isSource(type);
  const isCollection = !isSource && types.isCollection(type);
  const pickedSlot = isSource || isCollection ? undefined : types.pickedSlot(type);
  if (!isSource && !isCollection && pickedSlot === undefined) return undefined;
  if ((ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) && hasTarget(node, types)) {
    return undefined;
  }
  return {
    index,
    declaration: node,
    name: nameNode.text,
    nameNode,
    typeNode: 'type' in node ? node.type : undefined,
    // An optional property is absent without being `undefined` where the project tells the two apart.
    isNullable: types.isNullable(type) || isOptional(node),
    pickedSlot,
    isCollection,
    isReassigned: ts.isVariableDeclaration(node) && isReassigned(types.checker, node),
  };
}

function isOptional(node: HoldingDeclaration): boolean {
  const mayBe = ts.isParameter(node) || ts.isPropertyDeclaration(node) || ts.isPropertySignature(node);
  return mayBe && node.questionToken !== undefined;
}

/** Spares the question where the written type or value already says that it is something else. */
function mayBeSource(node: HoldingDeclaration): boolean {
  const type = 'type' in node ? node.type : undefined;
  if (type !== undefined) {
    return (
      ts.isTypeReferenceNode(type) ||
      ts.isUnionTypeNode(type) ||
      ts.isParenthesizedTypeNode(type) ||
      ts.isIndexedAccessTypeNode(type) ||
      ts.isImportTypeNode(type) ||
      ts.isArrayTypeNode(type) ||
      ts.isTupleTypeNode(type) ||
      ts.isTypeLiteralNode(type) ||
      (ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.ReadonlyKeyword) ||
      ts.isIntersectionTypeNode(type)
    );
  }
  if (!ts.isVariableDeclaration(node) && !ts.isPropertyDeclaration(node) && !ts.isPropertyAssignment(node))
    return true;
  const value = node.initializer;
  if (value === undefined) return true;
  const isOther =
    ts.isLiteralExpression(value) ||
    ts.isTemplateExpression(value) ||
    ts.isObjectLiteralExpression(value) ||
    (ts.isArrayLiteralExpression(value) && value.elements.length === 0) ||
    ts.isFunctionLike(value);
  return !isOther;
}

/** Whether a property of a literal goes to a declared property, which is then the carrier. */
function hasTarget(
  node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
  types: SourceTypes,
): boolean {
  const target = types.checker.getContextualType(node.parent);
  if (target === undefined) return false;
  const bare = types.checker.getNonNullableType(target);
  return bare.getProperty(node.name.getText()) !== undefined || types.isCollection(bare);
}
