import { ts } from 'ts-morph';
import type { SourceTypes } from './source-types.js';
import { withoutWrappers } from './transparent.js';

/** Methods whose outcome is made of what their callback gives. */
const mappingMethods: ReadonlySet<string> = new Set(['map', 'flatMap', 'then']);

/** Methods that hand elements to a callback, apart from those. */
const visitingMethods: ReadonlySet<string> = new Set([
  ...['forEach', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every'],
  ...['sort', 'toSorted', 'reduce', 'reduceRight'],
]);

/** Whether what a method gives is made of what its callback gives. */
export function isMapping(method: string): boolean {
  return mappingMethods.has(method);
}

/** The function that a call of a collection's method, or of `Array.from`, calls. */
export function callbackOf(node: ts.CallExpression): ts.Expression | undefined {
  const callee = withoutWrappers(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const [first, second] = node.arguments;
  if (callee.getText() === 'Array.from') return second;
  const { text } = callee.name;
  return mappingMethods.has(text) || visitingMethods.has(text) ? first : undefined;
}

/** A function that is written where it is handed over. */
export function isCallback(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

/** The functions of the project that a name stands for. */
export function functionsNamed(node: ts.Expression, types: SourceTypes): readonly ts.SignatureDeclaration[] {
  return types.declarationsOf(nameOf(node)).flatMap((declaration) => {
    const held = ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
    return held !== undefined && ts.isFunctionLike(held) ? [held] : [];
  });
}

/** The part of a path that names what it stands for. */
export function nameOf(node: ts.Expression): ts.Node {
  return ts.isPropertyAccessExpression(node) ? node.name : node;
}
