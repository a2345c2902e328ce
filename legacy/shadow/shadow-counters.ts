import type { Runner } from '../runner.js';

/**
 * What became of a call: compared (`match`, `difference`), not comparable by a declared divergence, or not looked at.
 * Only `match` counts towards the gate.
 */
export type ShadowVerdict =
  | 'match'
  | 'difference'
  | 'not-comparable'
  | 'too-large'
  | 'not-recorded'
  | 'dropped'
  | 'deadline'
  | 'broken';

/** Counts of one method. */
export interface MethodTotals {
  /** Every call, looked at or not. */
  readonly calls: number;
  readonly verdicts: Readonly<Partial<Record<ShadowVerdict, number>>>;
  /** Matches by how the control ended: `ok`, or a code. */
  readonly matches: Readonly<Record<string, number>>;
  /** What could not be compared, by declared divergence. */
  readonly notComparable: Readonly<Record<string, number>>;
  /** Matches since the last difference: what the gate counts. */
  readonly matchesInARow: number;
}

export type ShadowTotals = Readonly<Partial<Record<keyof Runner, MethodTotals>>>;

/** Counts what becomes of calls; plain numbers, so that they can be logged. */
export class ShadowCounters {
  readonly #totals = new Map<keyof Runner, MethodTotals>();

  countCall(method: keyof Runner): void {
    const totals = this.#of(method);
    this.#totals.set(method, { ...totals, calls: totals.calls + 1 });
  }

  /** `detail` is how the control ended for a match, the divergence for what is not comparable. */
  countVerdict(method: keyof Runner, verdict: ShadowVerdict, detail = ''): void {
    const totals = this.#of(method);
    const { verdicts, matches, notComparable, matchesInARow } = totals;
    this.#totals.set(method, {
      ...totals,
      verdicts: { ...verdicts, [verdict]: (verdicts[verdict] ?? 0) + 1 },
      matches: verdict === 'match' ? increased(matches, detail) : matches,
      notComparable: verdict === 'not-comparable' ? increased(notComparable, detail) : notComparable,
      matchesInARow: verdict === 'match' ? matchesInARow + 1 : verdict === 'difference' ? 0 : matchesInARow,
    });
  }

  totals(): ShadowTotals {
    return Object.fromEntries(this.#totals);
  }

  #of(method: keyof Runner): MethodTotals {
    return (
      this.#totals.get(method) ?? {
        calls: 0,
        verdicts: {},
        matches: {},
        notComparable: {},
        matchesInARow: 0,
      }
    );
  }
}

function increased(counts: Readonly<Record<string, number>>, name: string): Readonly<Record<string, number>> {
  return { ...counts, [name]: (counts[name] ?? 0) + 1 };
}
