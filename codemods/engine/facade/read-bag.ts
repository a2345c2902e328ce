import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { FacetPlaces } from './facet-places.js';
import type { Template } from './template.js';
import { TemplateRefusal } from './template-refusal.js';

/** The template of a facet, or the refusal of state that callers do not have. */
export function slotAt(slot: number | undefined, subject: string, node: ts.Node): Template {
  if (slot === undefined) throw new TemplateRefusal('uses-own-state', subject, node);
  return { kind: 'slot', slot };
}

/** A bag that is handed on as a whole: callers hand on the facets that whoever takes it asks for by its type. */
export function readBag(node: ts.PropertyAccessExpression, places: FacetPlaces, checker: Checker): Template {
  const bag = node.name.text;
  const refusal = new TemplateRefusal('bag-escapes', bag, node);
  const wanted = checker.getContextualType(node);
  if (wanted === undefined || (wanted.flags & ts.TypeFlags.Object) === 0) throw refusal;
  const names = wanted.getProperties().map(({ name }) => name);
  const isOpen = wanted.getStringIndexType() !== undefined || wanted.getCallSignatures().length > 0;
  const known = places.membersOf(bag);
  if (isOpen || names.length === 0 || !names.every((name) => known.includes(name))) throw refusal;
  return {
    kind: 'object',
    members: known
      .filter((name) => names.includes(name))
      .map((name) => ({
        kind: 'property',
        key: name,
        value: slotAt(places.slotOfMember(bag, name), name, node),
        isOptional: false,
      })),
  };
}
