import type { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import { facadeChain } from './facade-chain.js';
import { bagMembers, facetTypeOf } from './facet-type.js';
import { readFacetFields, type FacetField, type SlotOrigin } from './facet-fields.js';

/** A facet that the facade holds: its name, and the type it is declared with. */
export interface SlotDeclaration {
  readonly name: string;
  readonly type: ts.TypeReferenceNode;
  readonly origin: SlotOrigin;
  /** The field that holds it. */
  readonly field: string;
  /** Set where the field holds a bag of facets: which of its members this is. */
  readonly bagMember: string | undefined;
}

/**
 * The facets that the facade is made of, in the order of the constructor: what its fields hold, and the members of a
 * field that is a bag of them. Other fields are the facade's own state.
 */
export function readSlots(checker: Checker, facade: ts.ClassDeclaration): readonly SlotDeclaration[] {
  const { fields, parameterCount } = readFacetFields(facadeChain(checker, facade));
  return fields.flatMap((field): readonly SlotDeclaration[] => {
    // What a bag holds beside facets is the facade's own, and only where there is nothing else to take it from.
    const others = parameterCount === 1 ? 'allowed' : 'refused';
    const type = field.type && checker.getTypeAtLocation(field.type);
    const bag =
      type && field.origin.member === undefined ? bagMembers(checker, type, facade, others) : undefined;
    if (bag !== undefined) {
      return bag.map(({ name, type: written }) => ({
        name,
        type: written,
        origin: { parameter: field.origin.parameter, member: name },
        field: field.name,
        bagMember: name,
      }));
    }
    const written = facetTypeOf(field.type);
    return written === undefined
      ? []
      : [
          {
            name: nameOf(field),
            type: written,
            origin: field.origin,
            field: field.name,
            bagMember: undefined,
          },
        ];
  });
}

/** `#reader` and `_reader` of its own are `reader` to everybody else. */
function nameOf({ name, isHidden }: FacetField): string {
  return isHidden ? name.replace(/^#|^_+(?=[a-zA-Z])/, '') : name;
}
