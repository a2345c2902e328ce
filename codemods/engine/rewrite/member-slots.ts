import { ts } from 'ts-morph';
import { slotsOfAction } from '../demand.js';
import type { Carrier, Resolution } from '../resolve/carrier.js';
import { limitedSlots } from '../resolve/limited-slots.js';
import { withoutWrappers } from '../resolve/transparent.js';

/**
 * The facets that are read of a parameter property as a member. A constructor that hands its parameter on to somebody
 * needs it no longer than that, and a private member that nobody reads would not compile everywhere.
 */
export function memberSlots(
  carrier: Carrier,
  resolution: Resolution,
  slotsOf: (carrier: Carrier) => readonly number[] | undefined,
): ReadonlySet<number> {
  const slots = new Set<number>();
  const add = (read: ts.Node, needed: readonly number[]): void => {
    if (!isReadAsParameter(carrier, read)) for (const slot of needed) slots.add(slot);
  };
  for (const use of resolution.uses) {
    if (use.carrier === carrier) add(use.node, slotsOfAction(use.action));
  }
  for (const { from, target, expression, limitedTo } of resolution.flows) {
    if (from === carrier) add(expression, limitedSlots(target, limitedTo, slotsOf));
  }
  return slots;
}

/** Whether what is read begins with the parameter's own name, in its constructor. */
function isReadAsParameter(carrier: Carrier, read: ts.Node): boolean {
  const { declaration, name } = carrier;
  if (!ts.isExpression(read)) return false;
  let root = withoutWrappers(read);
  while (
    ts.isCallExpression(root) ||
    ts.isPropertyAccessExpression(root) ||
    ts.isElementAccessExpression(root)
  ) {
    root = withoutWrappers(root.expression);
  }
  const isInside = ts.findAncestor(read, (node) => node === declaration.parent) !== undefined;
  return isInside && ts.isIdentifier(root) && root.text === name;
}
