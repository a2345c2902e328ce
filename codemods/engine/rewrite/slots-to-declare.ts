import type { Carrier } from '../resolve/carrier.js';

/** The slots that a moving carrier gets a declaration for: of a double, those that it has members for. */
export function slotsToDeclare({ double }: Carrier, slots: readonly number[]): readonly number[] {
  if (double === undefined || double.isComplete) return slots;
  return slots.filter((slot) => double.members.some((member) => member.slot === slot));
}
