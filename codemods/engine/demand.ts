import { ts } from 'ts-morph';
import type { FacadeModel } from './facade/facade-model.js';
import type { Cause } from './reasons.js';
import type { Carrier, Flow, Resolution, Use } from './resolve/carrier.js';
import { servesSlots } from './resolve/literal-double.js';
import { withoutWrappers } from './resolve/transparent.js';
import { CarrierClasses } from './carrier-classes.js';
import { reachedBySpies } from './reached-by-spies.js';
import type { StayOrigin } from './stay-origin.js';

/** What becomes of a carrier. */
export type Decision =
  /** It becomes one declaration per slot, in the order of the constructor. */
  | { readonly kind: 'moves'; readonly slots: readonly number[] }
  | { readonly kind: 'stays'; readonly origin: StayOrigin };

/** Carriers that have to stay for a reason that lies outside the resolution: the scope, a name, the verification. */
export type ForcedStays = ReadonlyMap<Carrier, StayOrigin>;

export interface DemandInput {
  readonly resolution: Resolution;
  readonly model: FacadeModel;
  readonly forced: ForcedStays;
}

/**
 * Decides for each carrier which facets it is really asked for. Staying spreads backwards only: what feeds something
 * that needs the source must hold one; whatever it feeds besides is still split, through the way back.
 */
export function decide({ resolution, model, forced }: DemandInput): ReadonlyMap<Carrier, Decision> {
  const classes = new CarrierClasses(resolution);
  const stays = new Map<number, StayOrigin>();
  const demand = new Map<number, ReadonlySet<number>>();
  const keep = (carrier: Carrier, origin: StayOrigin): void => {
    const one = classes.of(carrier);
    if (!stays.has(one)) stays.set(one, origin);
  };

  for (const { carrier, node, cause } of resolution.obstacles) keep(carrier, { cause, node });
  for (const [carrier, origin] of forced) keep(carrier, origin);
  for (const { carrier, action, node } of resolution.uses) {
    if (carrier !== undefined && action.kind === 'left') keep(carrier, { cause: action.cause, node });
  }

  const checked = new Set(
    resolution.uses.flatMap(({ carrier, action }) => (action.kind === 'presence' ? (carrier ?? []) : [])),
  );
  for (const [carrier, origin] of reachedBySpies(resolution)) keep(carrier, origin);

  for (let before = -1; before !== stays.size;) {
    before = stays.size;
    spreadStays();
    computeDemand();
    keepWhatIsChosen();
    for (const carrier of resolution.carriers) {
      const origin = stays.has(classes.of(carrier)) ? undefined : objection(carrier);
      if (origin !== undefined) keep(carrier, origin);
    }
  }

  return new Map(
    resolution.carriers.map((carrier): [Carrier, Decision] => {
      const origin = stays.get(classes.of(carrier));
      return [
        carrier,
        origin === undefined ? { kind: 'moves', slots: slotsOf(carrier) } : { kind: 'stays', origin },
      ];
    }),
  );

  function slotsOf(carrier: Carrier): readonly number[] {
    return [...(demand.get(classes.of(carrier)) ?? [])].sort((left, right) => left - right);
  }

  function spreadStays(): void {
    for (let before = -1; before !== stays.size;) {
      before = stays.size;
      for (const { from, target, site } of resolution.flows) {
        if (from === undefined) continue;
        const targetOrigin = stays.get(classes.of(target));
        const fromOrigin = stays.get(classes.of(from));
        if (targetOrigin !== undefined) keep(from, targetOrigin);
        // A pattern picks what its object has: no bridge fits into it.
        if (fromOrigin !== undefined && site === 'binding') keep(target, fromOrigin);
      }
      for (const [member, typed] of resolution.typedBy) {
        const origin = stays.get(classes.of(typed));
        if (origin !== undefined) keep(member, origin);
      }
    }
  }

  /** A choice that several facets are asked of is made once, between whole sources. */
  function keepWhatIsChosen(): void {
    for (const { from, target, site, expression } of resolution.flows) {
      if (from === undefined || site !== 'branch' || stays.has(classes.of(target))) continue;
      if (slotsOf(target).length > 1)
        keep(from, { cause: { reason: 'source-not-a-path' }, node: expression });
    }
  }

  function computeDemand(): void {
    demand.clear();
    const add = (carrier: Carrier, slots: Iterable<number>): boolean => {
      const one = classes.of(carrier);
      const known = demand.get(one) ?? new Set<number>();
      const grown = new Set([...known, ...slots]);
      demand.set(one, grown);
      return grown.size > known.size;
    };
    for (const carrier of resolution.carriers) {
      if (carrier.typeUse !== undefined) add(carrier, [carrier.typeUse.slot]);
      if (carrier.pickedSlot !== undefined) add(carrier, [carrier.pickedSlot]);
      // What nobody asks for is left out of a double, unless making it may be seen.
      const kept = carrier.double?.members.filter(({ isDroppable }) => !isDroppable) ?? [];
      add(
        carrier,
        kept.map(({ slot }) => slot),
      );
    }
    for (const { carrier, action } of resolution.uses) {
      if (carrier !== undefined) add(carrier, slotsOfAction(action));
    }
    for (let changed = true; changed;) {
      changed = false;
      for (const { from, target, limitedTo = [target] } of resolution.flows) {
        if (from === undefined || stays.has(classes.of(target))) continue;
        for (const one of limitedTo) if (add(from, demand.get(classes.of(one)) ?? [])) changed = true;
      }
    }
  }

  /** Why a carrier cannot become what is asked of it. */
  function objection(carrier: Carrier): StayOrigin | undefined {
    const slots = slotsOf(carrier);
    const at = (reason: Cause['reason'], node: ts.Node): StayOrigin => ({ cause: { reason }, node });
    // One facet has to serve all elements.
    if (slots.length !== 1 && carrier.isCollection === true)
      return at('collection-of-source', carrier.nameNode);
    if (slots.length === 0) return at('carrier-unused', carrier.nameNode);
    const helper = carrier.double?.helpers.find(
      (one) => one.slots.length > 0 && one.slots.every((slot) => slots.includes(slot)),
    );
    if (helper !== undefined) return at('test-double', helper.node);
    if (slots.length > 1 && carrier.returns !== undefined) {
      const isAccessor = ts.isGetAccessorDeclaration(carrier.declaration);
      return at(isAccessor ? 'receiver-is-accessor' : 'returns-source', carrier.nameNode);
    }
    if (slots.length > 1 && ts.isBindingElement(carrier.declaration) && carrier.declaration.initializer)
      return at('destructured-with-default', carrier.nameNode);
    if (slots.length > 1 && (carrier.isNullable || hasDefault(carrier)))
      return at('optional-carrier-needs-several', carrier.nameNode);
    if (slots.length > 1 && carrier.isReassigned === true) return at('variable-reassigned', carrier.nameNode);
    for (const flow of resolution.flows) {
      if (flow.target !== carrier) continue;
      if (flow.site === 'element' && slots.length > 1) return at('collection-of-source', flow.expression);
      if (!needsBridge(flow)) continue;
      if (flow.double !== undefined && servesSlots(flow.double, slots)) continue;
      // With one facet each branch is bridged by itself, with several the choice as a whole.
      if (slots.length > 1 ? flow.site === 'branch' : flow.isChoice) continue;
      if (flow.isPromise) return at('returns-source', flow.expression);
      if (model.wayBack === undefined) return keptBy(flow.from) ?? at('no-way-back', flow.expression);
      if (flow.isNullable || (checked.has(carrier) && isIndexed(flow)))
        return at('source-is-nullable', flow.expression);
      if (slots.length > 1 && !flow.isPath && flow.hoist === undefined && !isDestructurable(flow)) {
        return at('source-not-a-path', flow.expression);
      }
      const lossy = lossyUse(carrier, new Set());
      if (lossy !== undefined) {
        const cause: Cause = { reason: 'way-back-lossy', detail: lossy.action.plan.method.name };
        return { cause, node: flow.expression };
      }
    }
    return undefined;
  }

  function needsBridge({ from, constructed, isFitting }: Flow): boolean {
    return constructed === undefined && !isFitting && (from === undefined || stays.has(classes.of(from)));
  }

  /** Why what comes in stays: without a way back, nothing that it feeds can move before it does. */
  function keptBy(from: Carrier | undefined): StayOrigin | undefined {
    return from && stays.get(classes.of(from));
  }

  /** A use that the value reaches and whose arguments the way back cannot rebuild. */
  function lossyUse(carrier: Carrier, seen: Set<Carrier>): LossyUse | undefined {
    if (seen.has(carrier) || stays.has(classes.of(carrier))) return undefined;
    seen.add(carrier);
    const own = resolution.uses.find((use): use is LossyUse => use.carrier === carrier && isLossy(use));
    if (own !== undefined) return own;
    const next = [
      ...resolution.flows.flatMap(({ from, target }) => (from === carrier ? [target] : [])),
      ...classes.siblings(carrier),
    ];
    for (const one of next) {
      const found = lossyUse(one, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function hasDefault({ declaration }: Carrier): boolean {
  return ts.isParameter(declaration) && declaration.initializer !== undefined;
}

/** `runners[0]`: absent, maybe, whatever its type says. */
function isIndexed({ expression }: Flow): boolean {
  return !ts.isBindingElement(expression) && ts.isElementAccessExpression(withoutWrappers(expression));
}

/** A variable can take several slots from one evaluation: `const { a, b } = facetsOf(make())`. */
function isDestructurable({ site, target }: Flow): boolean {
  return site === 'initializer' && ts.isVariableDeclaration(target.declaration);
}

/** A use that is inlined, and whose arguments do not all come through. */
type LossyUse = Use & { readonly action: Extract<Use['action'], { kind: 'inline' }> };

/** The way back cannot rebuild an argument that the facade drops, uses only sometimes, or has put a default for. */
export function isLossy(use: Use): use is LossyUse {
  const { action } = use;
  return (
    action.kind === 'inline' &&
    (action.plan.appliesDefault ||
      action.plan.method.findings.some(
        ({ code }) => code === 'parameter-unused' || code === 'parameter-used-conditionally',
      ))
  );
}

/** The facets that a use asks for. */
export function slotsOfAction(action: Use['action']): readonly number[] {
  switch (action.kind) {
    case 'inline':
      return action.plan.slots;
    case 'facet':
    case 'member':
    case 'picked':
      return [action.slot];
    case 'double':
      return [action.member.slot];
    case 'presence':
    case 'key':
    case 'collection':
    case 'left':
      return [];
  }
}
