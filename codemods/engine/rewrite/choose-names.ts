import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { Decision, StayOrigin } from '../demand.js';
import type { FacadeModel } from '../facade/facade-model.js';
import { nameForSlot, replaceWord, scopeOf } from '../names.js';
import type { Carrier, Resolution } from '../resolve/carrier.js';
import { slotsOfDouble } from './split-double.js';

export interface NamesInput {
  readonly resolution: Resolution;
  readonly decisions: ReadonlyMap<Carrier, Decision>;
  readonly model: FacadeModel;
  readonly checker: Checker;
}

interface Reservation {
  readonly scope: ts.Node;
  readonly name: string;
  readonly carrier: Carrier;
}

/** Names for all facets of all moving carriers; two in reach of each other never get the same one. */
export function chooseNames(
  { resolution, decisions, model, checker }: NamesInput,
  refusals: Map<Carrier, StayOrigin>,
): ReadonlyMap<Carrier, ReadonlyMap<number, string>> {
  const names = new Map<Carrier, ReadonlyMap<number, string>>();
  const reservations: Reservation[] = [];
  const source = model.source.name;
  // Carriers whose name has the source's word in it have the first claim to what it is replaced with.
  const hasWord = (carrier: Carrier): boolean => replaceWord(bareName(carrier), source, 'x') !== undefined;
  const ordered = [
    ...resolution.carriers.filter(hasWord),
    ...resolution.carriers.filter((one) => !hasWord(one)),
  ];
  for (const carrier of ordered) {
    const decision = decisions.get(carrier);
    if (decision?.kind !== 'moves') continue;
    // A function is called what it does.
    if (carrier.typeUse !== undefined) continue;
    if (carrier.returns !== undefined && !ts.isGetAccessorDeclaration(carrier.declaration)) continue;
    const chosen = new Map<number, string>();
    const scopes = scopesOf(carrier);
    const isFree = (name: string): boolean =>
      !reservations.some(
        (one) =>
          one.name === name &&
          one.carrier.name !== carrier.name &&
          scopes.some((scope) => isNested(scope, one.scope)),
      ) && ![...chosen.values()].includes(name);
    const slots = carrier.double === undefined ? decision.slots : slotsOfDouble(carrier.double);
    for (const slot of slots) {
      const slotName = model.slots[slot]?.name ?? '';
      const name = nameForSlot(carrier, slotName, { checker, source, isFree });
      if (name === undefined) {
        refusals.set(carrier, { cause: { reason: 'name-taken', detail: slotName }, node: carrier.nameNode });
        continue;
      }
      chosen.set(slot, name);
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

function isNested(one: ts.Node, other: ts.Node): boolean {
  const isInside = (inner: ts.Node, outer: ts.Node): boolean =>
    ts.findAncestor(inner, (node) => node === outer) !== undefined;
  return isInside(one, other) || isInside(other, one);
}

function bareName({ name }: Carrier): string {
  return name.replace(/^[#_]+/, '');
}
