import { ts } from 'ts-morph';
import type { SlotOrigin } from '../facade/facet-fields.js';
import { slotTypeOf } from '../facade/slot-type.js';
import type { ConstructedFacet } from './carrier.js';
import type { SourceTypes } from './source-types.js';
import { isPath, withoutWrappers } from './transparent.js';

/**
 * The facets of `new LegacyRunner(…)` where they can be read off the arguments, in the order of the slots: whoever makes
 * a facade on the spot has its facets in hand.
 */
export function constructedFacets(
  node: ts.Expression,
  types: SourceTypes,
): readonly ConstructedFacet[] | undefined {
  const bare = withoutWrappers(node);
  if (!ts.isNewExpression(bare) || !types.isFacadeInstance(types.checker.getTypeAtLocation(bare)))
    return undefined;
  const elements: readonly ts.Expression[] = bare.arguments ?? [];
  if (!elements.every(isInertArgument)) return undefined;
  const facets: ConstructedFacet[] = [];
  for (const { origin } of types.facade.model.slots) {
    const argument = elements[origin.parameter];
    const facet = argument && readFacet(argument, origin, types);
    if (facet === undefined) return undefined;
    facets.push(facet);
  }
  return facets;
}

function isInertArgument(node: ts.Expression): boolean {
  const bare = withoutWrappers(node);
  if (!ts.isObjectLiteralExpression(bare)) return isPath(bare);
  return bare.properties.every(
    (member) =>
      ts.isShorthandPropertyAssignment(member) ||
      (ts.isPropertyAssignment(member) && isPath(member.initializer)),
  );
}

function readFacet(
  argument: ts.Expression,
  origin: SlotOrigin,
  types: SourceTypes,
): ConstructedFacet | undefined {
  const { member } = origin;
  const bare = withoutWrappers(argument);
  if (member === undefined) {
    return isPath(bare) ? { expression: argument, member: undefined, isAsserted: false } : undefined;
  }
  if (ts.isObjectLiteralExpression(bare)) {
    for (const property of bare.properties) {
      if (property.name?.getText() !== member) continue;
      if (ts.isShorthandPropertyAssignment(property)) {
        return { expression: property.name, member: undefined, isAsserted: false };
      }
      if (ts.isPropertyAssignment(property)) {
        return { expression: property.initializer, member: undefined, isAsserted: false };
      }
    }
    return undefined;
  }
  const { checker, facade } = types;
  const given = checker.getTypeAtLocation(bare).getProperty(member);
  const wanted = slotTypeOf(checker, facade.facadeDeclaration, origin);
  if (given === undefined || wanted === undefined) return undefined;
  const isAsserted =
    bare !== argument && !checker.isTypeAssignableTo(checker.getTypeOfSymbolAtLocation(given, bare), wanted);
  return { expression: bare, member, isAsserted };
}
