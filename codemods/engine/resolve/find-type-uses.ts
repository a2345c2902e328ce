import { ts } from 'ts-morph';
import type { Carrier } from './carrier.js';
import { identityNamedBy } from './classify-type-use.js';
import type { SourceTypes } from './source-types.js';

/** The types of methods that a facet has as its own: each changes for itself. */
export function findTypeUses(
  files: readonly ts.SourceFile[],
  types: SourceTypes,
  firstIndex: number,
): readonly Carrier[] {
  const carriers: Carrier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIndexedAccessTypeNode(node)) {
      const identity = identityNamedBy(node, types);
      const name = (node.objectType as ts.TypeReferenceNode).typeName;
      if (identity !== undefined && ts.isIdentifier(name)) {
        carriers.push({
          index: firstIndex + carriers.length,
          declaration: node,
          name: name.text,
          nameNode: name,
          typeNode: undefined,
          isNullable: false,
          typeUse: { slot: identity.slot, method: identity.method },
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  files.flatMap((file) => types.codeOf(file)).forEach(visit);
  return carriers;
}
