import { ts } from 'ts-morph';
import { slotsOfAction, type Decision } from '../demand.js';
import type { Carrier, Resolution } from '../resolve/carrier.js';
import { isCalledByName } from '../resolve/is-called-by-name.js';
import { limitedSlots } from '../resolve/limited-slots.js';

/** Whether a function reads a facet of its parameter itself, and does not only take it because others of its kind do. */
export type ReadsSlot = (carrier: Carrier, slot: number) => boolean;

/** Collects which facets are read of each carrier. */
export function readSlots({ uses, flows }: Resolution, decisions: ReadonlyMap<Carrier, Decision>): ReadsSlot {
  const read = new Map<Carrier, Set<number>>();
  const note = (carrier: Carrier, slots: readonly number[]): void => {
    const known = read.get(carrier) ?? new Set<number>();
    for (const slot of slots) known.add(slot);
    read.set(carrier, known);
  };
  const slotsOf = (carrier: Carrier): readonly number[] => {
    const decision = decisions.get(carrier);
    return decision?.kind === 'moves' ? decision.slots : [];
  };
  for (const { carrier, action } of uses) {
    if (carrier === undefined) continue;
    note(carrier, action.kind === 'presence' ? slotsOf(carrier) : slotsOfAction(action));
  }
  for (const { from, target, limitedTo } of flows)
    if (from !== undefined) note(from, limitedSlots(target, limitedTo, slotsOf));
  return (carrier, slot) => read.get(carrier)?.has(slot) === true;
}

/**
 * The facets that a function has to name as parameters. One that is written where a function type says how it is called
 * need not take what it does not read, from the first such facet to the last parameter.
 */
export function namedSlots(carrier: Carrier, slots: readonly number[], reads: ReadsSlot): readonly number[] {
  const { declaration } = carrier;
  if (!ts.isParameter(declaration) || isCalledByName(declaration.parent)) return slots;
  const { parameters } = declaration.parent;
  if (keepsItsType(declaration.parent) || parameters.at(-1) !== declaration) return slots;
  const last = slots.findLastIndex((slot) => reads(carrier, slot));
  return last < 0 && parameters.length > 1 ? slots : slots.slice(0, last + 1);
}

/** Whether others may see a function with the parameters that it names itself, and not with those of a function type. */
function keepsItsType(owner: ts.SignatureDeclaration): boolean {
  if (!ts.isArrowFunction(owner) && !ts.isFunctionExpression(owner)) return true;
  const holder = ts.findAncestor(owner.parent, (node) => !ts.isParenthesizedExpression(node));
  if (holder === undefined || ts.isPropertyDeclaration(holder) || ts.isSatisfiesExpression(holder))
    return true;
  if (!ts.isPropertyAssignment(holder)) return false;
  return (
    ts.findAncestor(holder, (node) => ts.isSatisfiesExpression(node) || ts.isStatement(node))?.kind ===
    ts.SyntaxKind.SatisfiesExpression
  );
}
