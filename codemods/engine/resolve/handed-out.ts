import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier } from './carrier.js';
import { withWrappers } from './transparent.js';

/**
 * Whether an object with a carrier goes where nobody asks for the carrier by its name, and all the same may come upon it:
 * to code of somebody else's, which may list or print what it gets. The own keys of a class's instances are nobody's
 * business.
 */
export function isHandedOut(carrier: Carrier, node: ts.Node, { types }: CarrierIndex): boolean {
  if (!isData(carrier)) return false;
  const value = ts.isExpression(node) ? withWrappers(node) : node;
  const { parent } = value;
  const isArgument =
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== value;
  if (!isArgument) return false;
  const called = types.checker.getResolvedSignature(parent)?.declaration;
  if (called?.getSourceFile().isDeclarationFile === true) return true;
  return called !== undefined && called.parent === types.facade.sourceDeclaration;
}

/** Whether a carrier is a member of a plain object, whose names anybody may have written. */
export function isData({ declaration }: Carrier): boolean {
  return (
    ts.isPropertySignature(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isShorthandPropertyAssignment(declaration)
  );
}
