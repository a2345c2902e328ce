import type { Carrier, Limit } from './carrier.js';

/** The slots of a carrier, without those that no part of a limit has. */
export function limitedSlots(
  carrier: Carrier,
  limitedTo: Limit,
  slotsOf: (carrier: Carrier) => readonly number[] | undefined,
): readonly number[] {
  const slots = slotsOf(carrier) ?? [];
  if (limitedTo === undefined) return slots;
  return slots.filter((slot) => limitedTo.some((one) => slotsOf(one)?.includes(slot) === true));
}
