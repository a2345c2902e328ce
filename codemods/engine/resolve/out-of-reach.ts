import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { Carrier } from './carrier.js';

/**
 * Whether a private or protected member is safe although its object goes to something untyped: to a function of somebody
 * else's, like `console.log(service)` or `expect(service)`, or only for another member, `(service as any).warmUp()`.
 */
export function isOutOfReach(
  { declaration, name, nameNode }: Carrier,
  node: ts.Node,
  checker: Checker,
): boolean {
  if (!isHidden(declaration) && !ts.isPrivateIdentifier(nameNode)) return false;
  if (ts.isPrivateIdentifier(nameNode)) return true;
  const { parent } = node;
  if (ts.isAsExpression(parent)) return readsOther(parent, name);
  const isArgument = ts.isCallExpression(parent) || ts.isNewExpression(parent);
  if (isArgument && listsNames(parent.expression)) return false;
  const called = isArgument ? checker.getResolvedSignature(parent)?.declaration : undefined;
  return called?.getSourceFile().isDeclarationFile === true;
}

/** `Object.keys`, `JSON.stringify`: what they give has the names of members in it, private ones too. */
function listsNames(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return false;
  return ['Object', 'JSON', 'Reflect'].includes(callee.expression.text);
}

/** Whether an object is asserted to be untyped only to read a member of another name. */
function readsOther(assertion: ts.Expression, name: string): boolean {
  let outer = assertion;
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  const { parent } = outer;
  return ts.isPropertyAccessExpression(parent) && parent.expression === outer && parent.name.text !== name;
}

function isHidden(declaration: ts.Node): boolean {
  const modifiers = ts.canHaveModifiers(declaration) ? ts.getModifiers(declaration) : undefined;
  return (
    modifiers?.some(
      ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
    ) === true
  );
}
