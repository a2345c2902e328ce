import type { Carrier, Resolution } from './resolve/carrier.js';

/** Sets of carriers that get one decision: union-find over the pairs that resolving found. */
export class CarrierClasses {
  readonly #parents: number[];
  readonly #members = new Map<number, Carrier[]>();

  constructor({ carriers, unions }: Resolution) {
    this.#parents = carriers.map(({ index }) => index);
    for (const [left, right] of unions) {
      const [low, high] = [this.of(left), this.of(right)].sort((one, other) => one - other);
      if (low !== undefined && high !== undefined) this.#parents[high] = low;
    }
    for (const carrier of carriers) {
      const one = this.of(carrier);
      this.#members.set(one, [...(this.#members.get(one) ?? []), carrier]);
    }
  }

  /** The number of a carrier's class: the lowest index in it. */
  of(carrier: Carrier): number {
    let index = carrier.index;
    while (this.#parents[index] !== index) index = this.#parents[index] ?? index;
    return index;
  }

  /** All carriers of the same class, the carrier itself included. */
  siblings(carrier: Carrier): readonly Carrier[] {
    return this.#members.get(this.of(carrier)) ?? [];
  }
}
