import { evaluationOrder } from '../facade/evaluation-order.js';
import type { Template } from '../facade/template.js';
import type { Reason } from '../reasons.js';
import { isMovable, type ArgumentClass } from './argument-class.js';

/** An argument as far as its evaluation matters. */
export interface ArgumentFacts {
  readonly class: ArgumentClass;
  /** Length of its text: long literals are not copied. */
  readonly length: number;
}

/** An argument that cannot simply be put where its parameter is used, and why. */
export interface NeededBinding {
  readonly index: number;
  readonly reason: Reason;
}

/**
 * The arguments that must keep being evaluated where the call was, before everything else, so that the order and the
 * number of evaluations stay as they were. Empty for every call of a linear method.
 *
 * `isReceiverStable` says whether the facets may be read later than the arguments.
 */
export function chooseBindings(
  template: Template,
  facts: readonly ArgumentFacts[],
  isReceiverStable: boolean,
): readonly NeededBinding[] | 'receiver-moves' {
  const steps = evaluationOrder(template);
  const needed = new Map<number, Reason>();
  const need = (index: number, reason: Reason): void => {
    if (!needed.has(index)) needed.set(index, reason);
  };

  facts.forEach(({ class: kind, length }, index) => {
    const uses = steps.filter((step) => step.kind === 'parameter' && step.index === index);
    if (uses.length === 0 && kind === 'effect') need(index, 'dropped-effect');
    const isDuplicable = kind === 'stable' || (kind === 'constant' && length <= 24);
    if (uses.length > 1 && !isDuplicable) need(index, 'repeated-argument');
    const isConditional = uses.some((step) => step.kind === 'parameter' && step.isConditional);
    if (isConditional && kind === 'effect') need(index, 'conditional-argument');
  });

  const position = (index: number): number =>
    steps.findIndex((step) => step.kind === 'parameter' && step.index === index);
  const firstEffect = steps.findIndex((step) => step.kind === 'effect');
  for (let changed = true; changed;) {
    const before = needed.size;
    facts.forEach((one, index) => {
      if (needed.has(index) || isMovable(one.class)) return;
      const place = position(index);
      if (place < 0) return;
      if (firstEffect >= 0 && firstEffect < place) need(index, 'evaluation-order');
      facts.forEach((other, later) => {
        if (later <= index) return;
        const conflicts = one.class === 'effect' ? !isMovable(other.class) : other.class === 'effect';
        // A bound argument is evaluated before every one that is not.
        const runsFirst = needed.has(later) || (position(later) >= 0 && position(later) < place);
        if (conflicts && runsFirst) need(index, 'evaluation-order');
      });
    });
    changed = needed.size > before;
  }

  const hasEffect = facts.some(({ class: kind }) => kind === 'effect');
  const lastSlot = steps.findLastIndex((step) => step.kind === 'slot');
  const firstParameter = steps.findIndex((step) => step.kind === 'parameter');
  const slotsMove =
    needed.size > 0 ||
    (firstParameter >= 0 && lastSlot > firstParameter) ||
    (firstEffect >= 0 && firstEffect < lastSlot);
  if (hasEffect && slotsMove && !isReceiverStable) return 'receiver-moves';

  return [...needed]
    .map(([index, reason]) => ({ index, reason }))
    .sort((left, right) => left.index - right.index);
}
