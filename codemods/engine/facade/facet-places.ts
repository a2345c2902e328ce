import type { SlotDeclaration } from './read-slots.js';

/** Where in the facade its facets are: in fields of their own, or as members of a bag. */
export class FacetPlaces {
  constructor(private readonly slots: readonly SlotDeclaration[]) {}

  /** The slot that a field is. */
  slotOfField(field: string): number | undefined {
    return this.#find((slot) => slot.field === field && slot.bagMember === undefined);
  }

  /** Whether a field holds a bag of facets. */
  isBag(field: string): boolean {
    return this.membersOf(field).length > 0;
  }

  /** The slot that a member of a bag is. */
  slotOfMember(bag: string, member: string): number | undefined {
    return this.#find((slot) => slot.field === bag && slot.bagMember === member);
  }

  /** The names of a bag's facets. */
  membersOf(bag: string): readonly string[] {
    return this.slots.flatMap(({ field, bagMember }) =>
      field === bag && bagMember !== undefined ? [bagMember] : [],
    );
  }

  #find(is: (slot: SlotDeclaration) => boolean): number | undefined {
    const position = this.slots.findIndex(is);
    return position < 0 ? undefined : position;
  }
}
