import { ts } from 'ts-morph';
import type { DoubleLiteral } from './carrier.js';
import { readLiteral } from './read-double.js';
import type { SourceTypes } from './source-types.js';
import { withoutWrappers, withWrappers } from './transparent.js';

/**
 * A double that is written where the source is asked for: `new Service({ killTask } as unknown as Runner)`. It has to be
 * asserted, as only then some members are enough. What a variable holds is read with its variable.
 */
export function literalDouble(expression: ts.Expression, types: SourceTypes): DoubleLiteral | undefined {
  const literal = withoutWrappers(expression);
  if (!ts.isObjectLiteralExpression(literal) || !isAsserted(literal)) return undefined;
  if (ts.isVariableDeclaration(withWrappers(literal).parent)) return undefined;
  return readLiteral(withWrappers(literal), types);
}

/** Whether a literal can become one literal per facet, with nothing lost but members that nobody can call. */
export function servesSlots({ members, helpers }: DoubleLiteral, slots: readonly number[]): boolean {
  const mayBeCalled = helpers.some(
    (helper) => helper.slots.length > 0 && helper.slots.every((slot) => slots.includes(slot)),
  );
  // Several literals are made in another order than one was, which only mocks and functions do not show.
  return (
    !mayBeCalled && members.every(({ slot, isDroppable }) => isDroppable || slots.join() === String(slot))
  );
}

function isAsserted(literal: ts.ObjectLiteralExpression): boolean {
  let { parent }: ts.Node = literal;
  while (ts.isParenthesizedExpression(parent) || ts.isSatisfiesExpression(parent)) parent = parent.parent;
  return ts.isAsExpression(parent);
}
