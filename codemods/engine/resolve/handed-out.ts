import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier } from './carrier.js';
import { withWrappers } from './transparent.js';

/**
 * Whether an object with a carrier goes where nobody asks for the carrier by its name, and all the same may come upon it:
 * to code of somebody else's, which may list or print what it gets, or to a type that says nothing of members. The own
 * keys of a class's instances are nobody's business.
 */
export function isHandedOut(
  { declaration }: Carrier,
  node: ts.Node,
  target: ts.Type,
  { types }: CarrierIndex,
): boolean {
  const isData =
    ts.isPropertySignature(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isShorthandPropertyAssignment(declaration);
  if (!isData) return false;
  if ((target.flags & ts.TypeFlags.NonPrimitive) !== 0 || isEmptyObject(target)) return true;
  const value = ts.isExpression(node) ? withWrappers(node) : node;
  const { parent } = value;
  const isArgument =
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== value;
  if (!isArgument) return false;
  const called = types.checker.getResolvedSignature(parent)?.declaration;
  if (called?.getSourceFile().isDeclarationFile === true) return true;
  return called !== undefined && called.parent === types.facade.sourceDeclaration;
}

/** `{}`, which takes everything. */
function isEmptyObject(type: ts.Type): boolean {
  return (
    (type.flags & ts.TypeFlags.Object) !== 0 &&
    type.getProperties().length === 0 &&
    type.getCallSignatures().length === 0 &&
    type.getConstructSignatures().length === 0 &&
    type.getNumberIndexType() === undefined
  );
}
