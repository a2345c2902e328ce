import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { Decision } from '../demand.js';
import type { StayOrigin } from '../stay-origin.js';
import type { FacadeModel } from '../facade/facade-model.js';
import { nameForSlot, replaceWord, scopeOf, wantedName } from '../names.js';
import type { Carrier, Resolution } from '../resolve/carrier.js';
import { servesSlots } from '../resolve/literal-double.js';
import { isFacetAlreadyThere } from './facet-already-there.js';
import { slotsToDeclare } from './slots-to-declare.js';
import type { ReadsSlot } from './unread-slots.js';

export interface NamesInput {
  readonly resolution: Resolution;
  readonly decisions: ReadonlyMap<Carrier, Decision>;
  readonly model: FacadeModel;
  readonly checker: Checker;
  /** What is not read gets a name that says so. */
  readonly reads: ReadsSlot;
}

interface Reservation {
  readonly scope: ts.Node;
  readonly name: string;
  readonly carrier: Carrier;
}

/** Names for all facets of all moving carriers; two in reach of each other never get the same one. */
export function chooseNames(
  { resolution, decisions, model, checker, reads }: NamesInput,
  refusals: Map<Carrier, StayOrigin>,
): ReadonlyMap<Carrier, ReadonlyMap<number, string>> {
  const names = new Map<Carrier, ReadonlyMap<number, string>>();
  const reservations: Reservation[] = [];
  // Only where several facets are needed of a source is it evaluated before its statement.
  const hoisted = [
    ...resolution.flows.flatMap(({ hoist, target, double }) => {
      const decision = decisions.get(target);
      if (hoist === undefined || decision?.kind !== 'moves' || decision.slots.length <= 1) return [];
      return double !== undefined && servesSlots(double, decision.slots) ? [] : [hoist];
    }),
    ...resolution.uses.flatMap(({ action }) => (action.kind === 'inline' ? (action.hoist ?? []) : [])),
  ];
  const source = model.source.name;
  // Carriers whose name has the source's word in it have the first claim to what it is replaced with.
  const hasWord = (carrier: Carrier): boolean => replaceWord(bareName(carrier), source, 'x') !== undefined;
  const ordered = [
    ...resolution.carriers.filter(hasWord),
    ...resolution.carriers.filter((one) => !hasWord(one)),
  ];
  for (const carrier of ordered) {
    const decision = decisions.get(carrier);
    // A function is called what it does.
    if (carrier.typeUse !== undefined) continue;
    if (carrier.returns !== undefined && !ts.isGetAccessorDeclaration(carrier.declaration)) continue;
    const scopes = scopesOf(carrier);
    if (decision?.kind !== 'moves') {
      // It may move in a later run, which has to find the same names.
      if (!hasWord(carrier)) continue;
      for (const slot of model.slots) {
        const name = wantedName(carrier, slot.name, source);
        for (const scope of scopes) reservations.push({ scope, name, carrier });
      }
      continue;
    }
    const chosen = new Map<number, string>();
    const beside = resolution.relatives.get(carrier);
    const isFree = (name: string): boolean =>
      !reservations.some(
        (one) =>
          one.name === name &&
          one.carrier.name !== carrier.name &&
          (beside?.carriers.has(one.carrier) === true || scopes.some((scope) => isNested(scope, one.scope))),
      ) &&
      beside?.names.has(name) !== true &&
      !hoisted.some(
        ({ statement, names: taken }) =>
          taken.includes(name) && scopes.some((scope) => isNested(scope, statement.parent)),
      ) &&
      ![...chosen.values()].includes(name);
    for (const slot of slotsToDeclare(carrier, decision.slots)) {
      const slotName = model.slots[slot]?.name ?? '';
      const facet = model.slots[slot]?.type;
      const wanted = wantedName(carrier, slotName, source);
      if (facet !== undefined && isFacetAlreadyThere(carrier, wanted, facet, checker)) {
        const cause = { reason: 'facet-already-present', detail: wanted } as const;
        refusals.set(carrier, { cause, node: carrier.nameNode });
        continue;
      }
      const name = nameForSlot(carrier, slotName, { checker, source, isFree });
      if (name === undefined) {
        refusals.set(carrier, { cause: { reason: 'name-taken', detail: slotName }, node: carrier.nameNode });
        continue;
      }
      const isRead = !isOfFunction(carrier) || reads(carrier, slot) || name.startsWith('_');
      chosen.set(slot, isRead ? name : `_${name}`);
      for (const scope of scopes) reservations.push({ scope, name, carrier });
    }
    names.set(carrier, chosen);
  }
  return names;
}

/** Members are known in their class or type, variables in their block, a parameter property in both. */
function scopesOf({ declaration }: Carrier): readonly ts.Node[] {
  if (ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent)) {
    return [declaration.parent, memberScope(declaration.parent)];
  }
  const isVariable =
    ts.isParameter(declaration) || ts.isVariableDeclaration(declaration) || ts.isBindingElement(declaration);
  return [isVariable ? scopeOf(declaration) : memberScope(declaration)];
}

/** Members and variables never meet, so a member's scope is a node that holds no variables: its type's own name. */
function memberScope(member: ts.Node): ts.Node {
  const holder = member.parent;
  return (ts.isClassLike(holder) || ts.isInterfaceDeclaration(holder) ? holder.name : undefined) ?? holder;
}

/** A parameter that nobody but its function reads. */
function isOfFunction({ declaration }: Carrier): boolean {
  if (!ts.isParameter(declaration)) return false;
  const owner = declaration.parent;
  const isMember = ts.isParameterPropertyDeclaration(declaration, owner);
  return !isMember && 'body' in owner && owner.body !== undefined;
}

function isNested(one: ts.Node, other: ts.Node): boolean {
  const isInside = (inner: ts.Node, outer: ts.Node): boolean =>
    ts.findAncestor(inner, (node) => node === outer) !== undefined;
  if (one.getSourceFile() !== other.getSourceFile()) return false;
  return isInside(one, other) || isInside(other, one);
}

function bareName({ name }: Carrier): string {
  return name.replace(/^[#_]+/, '');
}
