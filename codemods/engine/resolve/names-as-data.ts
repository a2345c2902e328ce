import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier } from './carrier.js';

/**
 * The carriers whose names a piece of code reads or writes as data: `for (const name in deps)`, `'runner' in deps`,
 * `Object.assign(this, deps)`.
 */
export function namesAsData(
  node: ts.Node,
  names: ReadonlySet<string>,
  index: CarrierIndex,
): readonly Carrier[] {
  if (!ts.isForInStatement(node) && !isPresence(node) && !isAssign(node)) return [];
  const { checker } = index.types;
  const member = (object: ts.Node, name: string): readonly ts.Symbol[] => {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(object));
    const parts = type.isUnion() ? type.types : [type];
    return parts.flatMap((part) => part.getProperty(name) ?? []);
  };
  const carriersIn = (symbols: readonly ts.Symbol[]): readonly Carrier[] =>
    symbols
      .flatMap(({ declarations = [] }) => declarations)
      .flatMap((declaration) => index.byDeclaration(declaration) ?? index.returnOf(declaration) ?? []);

  if (ts.isForInStatement(node))
    return [...names].flatMap((name) => carriersIn(member(node.expression, name)));
  if (isPresence(node)) {
    const { left, right } = node;
    return ts.isStringLiteralLike(left) && names.has(left.text) ? carriersIn(member(right, left.text)) : [];
  }
  // What one object alone brings keeps its name or changes it everywhere; two have to agree.
  return [...names].flatMap((name) => {
    const held = node.arguments.map((argument) => member(argument, name)).filter(({ length }) => length > 0);
    return held.length > 1 ? carriersIn(held.flat()) : [];
  });
}

/** `'runner' in deps`. */
function isPresence(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword;
}

/** `Object.assign(…)`. */
function isAssign(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return name.text === 'assign' && ts.isIdentifier(expression) && expression.text === 'Object';
}
