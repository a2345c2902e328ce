import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, Relatives } from './carrier.js';

/**
 * Finds what a carrier that is a member stands beside, in every type that has it. A new name that is taken there would
 * be one member with the other, compile, and hold the wrong value.
 */
export function findRelatives(
  files: readonly ts.SourceFile[],
  index: CarrierIndex,
): ReadonlyMap<Carrier, Relatives> {
  const { checker } = index.types;
  const members = index.carriers.filter(({ declaration }) => isMember(declaration));
  const memberNames = new Set(members.map(({ name }) => name));
  const relatives = new Map<Carrier, { readonly names: Set<string>; readonly carriers: Set<Carrier> }>();
  const visit = (node: ts.Node): void => {
    if (holdsMembers(node)) meet(checker.getTypeAtLocation(node));
    ts.forEachChild(node, visit);
  };
  if (members.length > 0) files.flatMap((file) => index.types.codeOf(file)).forEach(visit);
  return relatives;

  function meet(type: ts.Type): void {
    const own = [...memberNames].flatMap((name) => index.ofSymbol(type.getProperty(name)));
    if (own.length === 0) return;
    const names = type.getProperties().map((property) => property.name);
    for (const carrier of own) {
      const known = relatives.get(carrier) ?? { names: new Set<string>(), carriers: new Set<Carrier>() };
      names.forEach((name) => known.names.add(name));
      own.forEach((one) => known.carriers.add(one));
      relatives.set(carrier, known);
    }
  }
}

function isMember(declaration: ts.Node): boolean {
  if (ts.isParameter(declaration)) return ts.isParameterPropertyDeclaration(declaration, declaration.parent);
  return (
    ts.isPropertyDeclaration(declaration) ||
    ts.isPropertySignature(declaration) ||
    ts.isGetAccessorDeclaration(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isShorthandPropertyAssignment(declaration)
  );
}

/** Declarations and expressions whose type may join members from several places. */
function holdsMembers(node: ts.Node): boolean {
  return (
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isIntersectionTypeNode(node) ||
    (ts.isObjectLiteralExpression(node) && node.properties.some((one) => ts.isSpreadAssignment(one)))
  );
}
