import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import { isSameType } from '../same-type.js';

/**
 * Whether a generic method hands its type parameters on, in their order, to a facet's method that has as many: by
 * writing them, or since both have the same names and the result is the same.
 */
export function handsTypesOn(
  method: ts.MethodDeclaration,
  { checker }: { readonly checker: Checker },
): boolean {
  const own = (method.typeParameters ?? []).map(({ name }) => name.text);
  const [only] = method.body?.statements ?? [];
  const call = only !== undefined && ts.isReturnStatement(only) ? only.expression : undefined;
  if (call === undefined || !ts.isCallExpression(call)) return false;
  const signature = checker.getResolvedSignature(call);
  const target = signature?.declaration;
  if (target === undefined || ts.isJSDocSignature(target) || target.typeParameters === undefined)
    return false;
  const theirs = target.typeParameters.map(({ name }) => name.text);
  const isWritten = call.typeArguments?.map((type) => type.getText()).join() === own.join();
  const isSame = call.typeArguments === undefined && theirs.join() === own.join();
  if (theirs.length !== own.length || (!isWritten && !isSame)) return false;
  // One that the other side lacks a default for would be inferred as something else.
  const defaults = (list: ts.NodeArray<ts.TypeParameterDeclaration> | undefined): string =>
    (list ?? []).map((one) => one.default?.getText() ?? '').join();
  if (defaults(method.typeParameters) !== defaults(target.typeParameters)) return false;
  const declared = checker.getSignatureFromDeclaration(method)?.getReturnType();
  const given = signature?.getReturnType();
  if (declared === undefined || given === undefined) return false;
  return isSameType(checker, given, declared);
}
