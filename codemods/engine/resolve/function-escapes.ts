import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Obstacle } from './carrier.js';
import type { Callbacks } from './find-callbacks.js';
import { isMockOf, readModuleMock, type ModuleMock } from './module-mock.js';
import { findOwners, type Owner } from './find-owners.js';

/**
 * Functions and classes with carriers among their parameters whose references are not all calls: they are handed on to
 * code that calls them in its own way, so their parameters stay.
 */
export function functionEscapes(
  files: readonly ts.SourceFile[],
  index: CarrierIndex,
  callbacks: Callbacks,
): readonly Obstacle[] {
  const { owners, names } = findOwners(files, index);
  const obstacles: Obstacle[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.has(node.text)) {
      for (const owner of ownersOf(node, owners, index)) {
        if (isHarmless(node, owner.isClass)) continue;
        const followed = callbacks.followedAt(handedOn(node));
        for (const carrier of owner.carriers) {
          if (followed.has(carrier)) continue;
          obstacles.push({ carrier, node, cause: { reason: 'function-escapes', detail: owner.name } });
        }
      }
    }
    const mock = readModuleMock(node);
    if (mock?.hasFactory === true) visitMock(mock, node);
    ts.forEachChild(node, visit);
  };
  files.flatMap((file) => index.types.codeOf(file)).forEach(visit);
  return obstacles;

  /** What a test puts in a module's place is written for the functions as they are. */
  function visitMock(mock: ModuleMock, node: ts.Node): void {
    for (const [declaration, owner] of owners) {
      if (!node.getText().includes(owner.name) || !isMockOf(mock, declaration, index.types)) continue;
      for (const carrier of owner.carriers) {
        obstacles.push({ carrier, node, cause: { reason: 'function-escapes', detail: owner.name } });
      }
    }
  }
}

/** What goes to the place that a name stands at: the name itself, or the function under a key of a literal. */
function handedOn(node: ts.Identifier): ts.Node {
  const { parent } = node;
  if (ts.isMethodDeclaration(parent) && parent.name === node) return parent;
  if (!ts.isPropertyAssignment(parent) || parent.name !== node) return node;
  return ts.isPropertyAccessExpression(parent.initializer) ? parent.initializer.name : parent.initializer;
}

function ownersOf(
  node: ts.Identifier,
  owners: ReadonlyMap<ts.Node, Owner>,
  index: CarrierIndex,
): readonly Owner[] {
  const declarations = (() => {
    if (ts.isShorthandPropertyAssignment(node.parent)) {
      return index.types.checker.getShorthandAssignmentValueSymbol(node.parent)?.declarations ?? [];
    }
    return index.types.declarationsOf(node);
  })();
  const direct = declarations.flatMap((declaration) => owners.get(declaration) ?? []);
  return [...direct, ...ownersPicked(node, owners, index)];
}

/** Methods that a destructuring or a literal for their interface names. */
function ownersPicked(
  node: ts.Identifier,
  owners: ReadonlyMap<ts.Node, Owner>,
  index: CarrierIndex,
): readonly Owner[] {
  const { parent } = node;
  const { checker } = index.types;
  const type = (() => {
    if (ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node) {
      return checker.getTypeAtLocation(parent.parent);
    }
    const isKey =
      (ts.isPropertyAssignment(parent) ||
        ts.isMethodDeclaration(parent) ||
        ts.isShorthandPropertyAssignment(parent)) &&
      parent.name === node &&
      ts.isObjectLiteralExpression(parent.parent);
    return isKey ? checker.getContextualType(parent.parent) : undefined;
  })();
  const property = type && checker.getNonNullableType(type).getProperty(node.text);
  return (property?.declarations ?? []).flatMap((declaration) => owners.get(declaration) ?? []);
}

/** A call, a declaration, an import, an export, or a class where only its type or its instances matter. */
function isHarmless(node: ts.Identifier, isClass: boolean): boolean {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isExportSpecifier(parent)) return true;
  if (ts.isImportEqualsDeclaration(parent)) return false;
  const isDeclared =
    (parent as { readonly name?: ts.Node }).name === node && !ts.isPropertyAccessExpression(parent);
  if (isDeclared && !ts.isShorthandPropertyAssignment(parent) && !ts.isPropertyAssignment(parent)) {
    const isPicked = ts.isBindingElement(parent);
    const isInLiteral = ts.isMethodDeclaration(parent) && ts.isObjectLiteralExpression(parent.parent);
    return !isPicked && !isInLiteral;
  }
  const expression = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent : node;
  const user = expression.parent;
  if (ts.isCallExpression(user) && user.expression === expression) return true;
  if (!isClass) return false;
  if (ts.isNewExpression(user)) return user.expression === expression;
  if (ts.isExpressionWithTypeArguments(user) || ts.isTypeReferenceNode(user)) return true;
  if (ts.isPropertyAccessExpression(user) && user.expression === expression) return true;
  return ts.isBinaryExpression(user) && user.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
}
