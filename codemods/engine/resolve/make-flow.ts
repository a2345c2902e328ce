import type { ts } from 'ts-morph';
import type { BoundNames } from '../inline/bound-names.js';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, Flow, FlowSite } from './carrier.js';
import { constructedFacets } from './facade-construction.js';
import { choicesOf, isEmpty } from './flow-expressions.js';
import { hoistSource } from './hoist-source.js';
import { literalDouble } from './literal-double.js';
import { mayBeFacade } from './may-be-facade.js';
import { isPath } from './transparent.js';

/** What there is to say of a value that changes with its declaration. */
export const unbridged = {
  isPath: false,
  constructed: undefined,
  hoist: undefined,
  isNullable: false,
  mayBeFacade: false,
  isFitting: false,
  isChoice: false,
  isPromise: false,
  double: undefined,
} as const;

/** A value on its way, as the code has it. */
export interface GivenValue {
  readonly target: Carrier;
  readonly site: FlowSite;
  readonly expression: ts.Expression;
  /** The carrier that it is read from, where the expression alone does not say so. */
  readonly from: Carrier | undefined;
  readonly isPromise: boolean;
}

/** What telling more of a value takes. */
export interface FlowContext {
  readonly index: CarrierIndex;
  readonly boundNames: BoundNames;
  readonly keepDoubles: boolean;
}

/** Finds out what handing a value over takes: a bridge, a constant before the statement, or nothing. */
export function makeFlow(
  { target, site, expression, from, isPromise }: GivenValue,
  { index, boundNames, keepDoubles }: FlowContext,
): Flow {
  const { types } = index;
  const { checker } = types;
  const choices = choicesOf(expression);
  const constructed = constructedFacets(expression, types);
  const isRepeatable = isPath(expression) || constructed !== undefined;
  const source = from ?? index.read(expression);
  return {
    from: source,
    target,
    site,
    expression,
    isPath: isRepeatable,
    constructed,
    double: keepDoubles ? undefined : literalDouble(expression, types),
    hoist:
      isRepeatable || (site !== 'argument' && site !== 'assignment')
        ? undefined
        : hoistSource(expression, target.name, index, boundNames),
    isNullable: !isEmpty(expression) && types.isNullable(checker.getTypeAtLocation(expression)),
    mayBeFacade: source === undefined && choices.length === 0 && mayBeFacade(expression, types),
    // Nothing at all needs no bridge, and neither does what has all that is picked of a source.
    isFitting:
      isEmpty(expression) ||
      (target.pickedSlot !== undefined && !types.isSource(checker.getTypeAtLocation(expression))),
    isChoice: choices.length > 0,
    isPromise,
  };
}
