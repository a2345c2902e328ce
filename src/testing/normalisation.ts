import type { Observation } from './observation.js';

/**
 * A declared rule for what cannot be equal, such as a random token. It names the place exactly and must still match
 * something, or the check fails: a rule that matches nothing hides a field that somebody renamed.
 */
export interface Normalisation {
  readonly id: string;
  /**
   * Path in the observation: `requests.*.input.clientToken`. `*` stands for any one key, `**` at the end for the value
   * there and everything below it.
   */
  readonly where: string;
  /**
   * What stands for the value. Values that do not have the expected form are returned as they are, so that they are
   * compared.
   */
  readonly replace: (value: unknown, memory: Map<unknown, unknown>) => unknown;
  /** Whether what was remembered counts for one call only: two sides may use up different numbers of tokens. */
  readonly forgetsAfterCall?: boolean | undefined;
  readonly reason: string;
}

/** Applies the rules to observations of one side, with a memory for each rule that lasts for the scenario. */
export class Normaliser {
  readonly #memories = new Map<string, Map<unknown, unknown>>();

  constructor(
    private readonly rules: readonly Normalisation[],
    private readonly onMatch: (id: string) => void,
  ) {}

  apply(observation: Observation): Observation {
    let result: unknown = observation;
    for (const rule of this.rules) {
      if (rule.forgetsAfterCall === true) this.#memories.delete(rule.id);
      result = this.#applyAt(rule, result, rule.where.split('.'));
    }
    return result as Observation;
  }

  #applyAt(rule: Normalisation, value: unknown, path: readonly string[]): unknown {
    const [key, ...rest] = path;
    if (key === '**') {
      const replaced = this.#applyAt(rule, value, []);
      return typeof replaced === 'object' && replaced !== null
        ? this.#applyAt(rule, replaced, ['*', '**'])
        : replaced;
    }
    if (key === undefined) {
      const replaced = rule.replace(value, this.#memoryOf(rule));
      if (!Object.is(replaced, value)) this.onMatch(rule.id);
      return replaced;
    }
    if (typeof value !== 'object' || value === null) return value;
    const keys = key === '*' ? Object.keys(value) : Object.hasOwn(value, key) ? [key] : [];
    if (keys.length === 0) return value;

    const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    for (const one of keys) {
      const members = copy as Record<string, unknown>;
      members[one] = this.#applyAt(rule, members[one], rest);
    }
    return copy;
  }

  #memoryOf(rule: Normalisation): Map<unknown, unknown> {
    const memory = this.#memories.get(rule.id) ?? new Map<unknown, unknown>();
    this.#memories.set(rule.id, memory);
    return memory;
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Replaces UUIDs by their order of appearance: the form is checked, and equal ones stay equal. */
export function uuidsByOrder(id: string, where: string, reason: string): Normalisation {
  return {
    id,
    where,
    reason,
    replace: (value, memory) => {
      if (typeof value !== 'string' || !uuid.test(value)) return value;
      const known = memory.get(value) ?? `(uuid ${memory.size + 1})`;
      memory.set(value, known);
      return known;
    },
  };
}
