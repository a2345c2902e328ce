import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, Obstacle } from './carrier.js';
import type { CollectionFlows } from './collection-flows.js';
import { FunctionTypes } from './function-types.js';

/** The parameters of functions that are handed on to where their type is known. */
export interface Callbacks {
  readonly unions: readonly (readonly [Carrier, Carrier])[];
  readonly obstacles: readonly Obstacle[];
  /** Parameters of functions that are written where a function type of the project says who calls them. */
  readonly followed: ReadonlySet<Carrier>;
  /** The carriers on both sides of such a place, by the function that stands there or its name. */
  followedAt(node: ts.Node): ReadonlySet<Carrier>;
}

/**
 * Follows functions with carriers among their parameters from where they are written to the function types that they are
 * called by: `withRunner(async (runner) => …)`. All functions that go to one function type get one decision.
 */
export function findCallbacks(
  files: readonly ts.SourceFile[],
  index: CarrierIndex,
  collections: Pick<CollectionFlows, 'callbacks'>,
): Callbacks {
  const { checker } = index.types;
  const unions: (readonly [Carrier, Carrier])[] = [];
  const obstacles: Obstacle[] = [];
  const followed = new Set<Carrier>();
  const references = new Map<ts.Node, Set<Carrier>>();
  const none: ReadonlySet<Carrier> = new Set();
  const functions = new FunctionTypes(index);
  if (index.carriers.some(({ declaration }) => isImplemented(declaration))) {
    files.flatMap((file) => index.types.codeOf(file)).forEach(visit);
    obstructTypes(files);
  }
  return { unions, obstacles, followed, followedAt };

  function followedAt(node: ts.Node): ReadonlySet<Carrier> {
    return references.get(node) ?? collections.callbacks.get(node) ?? none;
  }

  function visit(node: ts.Node): void {
    const isOfCollection = ts.isPropertyAccessExpression(node)
      ? collections.callbacks.has(node.name)
      : collections.callbacks.has(node);
    if (isOfCollection && !ts.isCallExpression(node)) {
      // The collection says who calls it.
    } else if (isHandedOn(node)) meet(node, checker.getTypeAtLocation(node), checker.getContextualType(node));
    else if (isIndirectCall(node))
      meet(node.expression, checker.getTypeAtLocation(node.expression), undefined);
    else if (ts.isMethodDeclaration(node) && ts.isObjectLiteralExpression(node.parent)) {
      const holder = checker.getContextualType(node.parent);
      const member = holder && checker.getNonNullableType(holder).getProperty(node.name.getText());
      meet(
        node,
        checker.getTypeAtLocation(node),
        member && checker.getTypeOfSymbolAtLocation(member, node.parent),
      );
    } else if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) visitHeritage(node);
    ts.forEachChild(node, visit);
  }

  function visitHeritage(node: ts.ClassLikeDeclaration | ts.InterfaceDeclaration): void {
    for (const { types } of node.heritageClauses ?? []) {
      for (const base of types) meet(node, checker.getTypeAtLocation(node), checker.getTypeAtLocation(base));
    }
  }

  function meet(node: ts.Node, own: ts.Type, target: ts.Type | undefined): void {
    const obstruct = (carrier: Carrier): void => {
      if (target === undefined && !isInFunctionType(carrier.declaration)) return;
      obstacles.push({ carrier, node, cause: { reason: 'callback-parameter' } });
    };
    if (target === undefined) {
      if (ts.isFunctionLike(node)) return;
      for (const signature of own.getCallSignatures())
        for (const { carrier } of functions.carriersOf(signature.declaration)) obstruct(carrier);
      return;
    }
    const isNamed = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node);
    const at = ts.isPropertyAccessExpression(node) ? node.name : node;
    const note = (carrier: Carrier): void =>
      void references.set(at, (references.get(at) ?? new Set()).add(carrier));
    // What a reference stands for is noted at each place, what two types share only once.
    if (!isNamed && !ts.isFunctionLike(node) && functions.isKnown(own, target)) return;
    functions.meet(own, target, node, {
      obstruct,
      unite(carrier, other) {
        if (carrier === other) return;
        unions.push([carrier, other]);
        followed.add(carrier);
        note(carrier);
        note(other);
      },
      pass: note,
    });
  }

  /** Types that are made from a function type would change with it, whatever is made with them. */
  function obstructTypes(all: readonly ts.SourceFile[]): void {
    const aliases = new Map<string, Carrier[]>();
    for (const carrier of index.carriers) {
      if (!isInFunctionType(carrier.declaration)) continue;
      const type = carrier.declaration.parent;
      if (isTakenApart(type)) obstruct(carrier, type);
      const alias = ts.findAncestor(type, ts.isTypeAliasDeclaration);
      if (alias !== undefined)
        aliases.set(alias.name.text, [...(aliases.get(alias.name.text) ?? []), carrier]);
    }
    if (aliases.size === 0) return;
    const visitType = (node: ts.Node): void => {
      const name =
        ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) ? node.typeName.text : undefined;
      for (const carrier of name === undefined ? [] : (aliases.get(name) ?? [])) {
        if (isTakenApart(node)) obstruct(carrier, node);
      }
      ts.forEachChild(node, visitType);
    };
    all.forEach(visitType);
  }

  function obstruct(carrier: Carrier, node: ts.Node): void {
    obstacles.push({ carrier, node, cause: { reason: 'type-level-use', detail: node.getText() } });
  }
}

/** Whether a carrier is a parameter that a function type names, whose functions are called by any name. */
export function isInFunctionType(declaration: ts.Node): boolean {
  return (
    ts.isParameter(declaration) &&
    (ts.isFunctionTypeNode(declaration.parent) || ts.isCallSignatureDeclaration(declaration.parent))
  );
}

/** Whether functions may be written for what declares a carrier. */
function isImplemented(declaration: ts.Node): boolean {
  return (
    isInFunctionType(declaration) || (ts.isParameter(declaration) && ts.isMethodSignature(declaration.parent))
  );
}

/** Types of the language that hold others as they are. */
const transparentTypes: ReadonlySet<string> = new Set([
  ...['Array', 'ReadonlyArray', 'Promise', 'Map', 'ReadonlyMap', 'Set', 'ReadonlySet', 'Record', 'Iterable'],
  ...['Partial', 'Required', 'Readonly', 'WeakMap', 'WeakSet', 'NonNullable'],
]);

/** A constraint, a condition, an argument of a type that looks into it: `Parameters<Handler>`. */
function isTakenApart(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isTypeParameterDeclaration(parent) || ts.isConditionalTypeNode(parent)) return true;
  if (ts.isIndexedAccessTypeNode(parent) || ts.isMappedTypeNode(parent) || ts.isTypeOperatorNode(parent))
    return !ts.isTypeOperatorNode(parent) || parent.operator === ts.SyntaxKind.KeyOfKeyword;
  if (ts.isTypeReferenceNode(parent)) {
    if (!transparentTypes.has(parent.typeName.getText()))
      return parent.typeArguments?.includes(node as ts.TypeNode) === true;
    return isTakenApart(parent);
  }
  const isInside =
    ts.isUnionTypeNode(parent) ||
    ts.isIntersectionTypeNode(parent) ||
    ts.isArrayTypeNode(parent) ||
    ts.isParenthesizedTypeNode(parent) ||
    ts.isTupleTypeNode(parent);
  return isInside && isTakenApart(parent);
}

/** A value on its way to a place that may have a type of its own; a call's function and the parts of a path are none. */
function isHandedOn(node: ts.Node): node is ts.Expression {
  const { parent } = node as { readonly parent?: ts.Node };
  if (parent === undefined || !ts.isExpression(node)) return false;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== node;
  if (ts.isParameter(parent) || ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent))
    return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
  if (ts.isArrowFunction(parent)) return parent.body === node;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isBinaryExpression(parent)) return isAssigned(parent, node);
  return (
    ts.isReturnStatement(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isSpreadAssignment(parent) ||
    ts.isExportAssignment(parent) ||
    ts.isYieldExpression(parent) ||
    ts.isJsxExpression(parent)
  );
}

/** `handler.bind(…)`: whoever calls it has its parameters from somewhere else. */
function isIndirectCall(node: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && ['call', 'apply', 'bind'].includes(node.name.text);
}

function isAssigned({ left, operatorToken: { kind } }: ts.BinaryExpression, node: ts.Node): boolean {
  const isChoice =
    kind === ts.SyntaxKind.QuestionQuestionToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandToken;
  const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  return isChoice || (isAssignment && left !== node);
}
