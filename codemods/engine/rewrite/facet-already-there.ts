import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { ExportedName } from '../facade/template.js';
import type { Carrier } from '../resolve/carrier.js';

/**
 * Whether the name that a facet of a carrier would get belongs to a parameter or member beside it that has the very
 * type of the facet: somebody has begun to split by hand, and which of the two is meant is theirs to say.
 */
export function isFacetAlreadyThere(
  { declaration }: Carrier,
  name: string,
  facet: ExportedName,
  checker: Checker,
): boolean {
  return siblingsOf(declaration).some((sibling) => {
    if (sibling === declaration || sibling.name?.getText() !== name) return false;
    const type = checker.getNonNullableType(checker.getTypeAtLocation(sibling));
    const symbol = type.symbol as ts.Symbol | undefined;
    return (
      symbol?.name === facet.name &&
      symbol.declarations?.some((one) => one.getSourceFile().fileName === facet.module) === true
    );
  });
}

function siblingsOf(declaration: ts.Node): readonly ts.NamedDeclaration[] {
  if (ts.isParameter(declaration)) return declaration.parent.parameters;
  const { parent } = declaration;
  if (ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent) || ts.isTypeLiteralNode(parent))
    return parent.members;
  return [];
}
