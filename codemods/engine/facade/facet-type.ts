import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/** The written type of a facet, if it is a name without type arguments: callers declare their carriers with it. */
export function facetTypeOf(type: ts.TypeNode | undefined): ts.TypeReferenceNode | undefined {
  return type !== undefined && ts.isTypeReferenceNode(type) && type.typeArguments === undefined
    ? type
    : undefined;
}

/** One facet of a bag: the member of the bag, and its written type. */
export interface BagMember {
  readonly name: string;
  readonly type: ts.TypeReferenceNode;
}

/**
 * The facets of a bag, in the order in which they are declared; `undefined` for a type that is no bag. A bag has no
 * methods, and its members are objects that have some. Where all members have to be facets, another one makes it none.
 */
export function bagMembers(
  checker: Checker,
  type: ts.Type,
  at: ts.Node,
  others: 'allowed' | 'refused',
): readonly BagMember[] | undefined {
  if (!isPlainObject(type) || hasMethods(checker, type, at)) return undefined;
  const members: BagMember[] = [];
  for (const property of type.getProperties()) {
    const declaration = property.valueDeclaration;
    const written =
      declaration !== undefined &&
      (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration))
        ? facetTypeOf(declaration.type)
        : undefined;
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const isFacet =
      written !== undefined && !isOptional && isFacetType(checker, checker.getTypeAtLocation(written), at);
    if (isFacet) members.push({ name: property.name, type: written });
    else if (others === 'refused') return undefined;
  }
  return members.length === 0 ? undefined : members;
}

/** An object with something to call. */
function isFacetType(checker: Checker, type: ts.Type, at: ts.Node): boolean {
  return isPlainObject(type) && hasMethods(checker, type, at);
}

function isPlainObject(type: ts.Type): boolean {
  const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
  return (
    isObject &&
    type.getCallSignatures().length === 0 &&
    type.getConstructSignatures().length === 0 &&
    type.getStringIndexType() === undefined &&
    type.getNumberIndexType() === undefined
  );
}

function hasMethods(checker: Checker, type: ts.Type, at: ts.Node): boolean {
  return type
    .getProperties()
    .some((property) => checker.getTypeOfSymbolAtLocation(property, at).getCallSignatures().length > 0);
}
