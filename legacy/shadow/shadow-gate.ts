import type { Runner } from '../runner.js';
import type { ShadowTotals } from './shadow-counters.js';

/** How each method can end; every one of them has to be seen before the method is switched. */
const endsOf: Readonly<Record<keyof Runner, readonly string[]>> = {
  startTask: ['ok', 'INVALID_REQUEST'],
  killTask: ['ok', 'NOT_FOUND', 'INVALID_REQUEST'],
  registerImage: ['ok', 'INVALID_REQUEST'],
  listImages: ['ok'],
  getImage: ['ok', 'NOT_FOUND', 'INVALID_REQUEST'],
  removeImage: ['ok', 'NOT_FOUND', 'INVALID_REQUEST'],
  fetchLogsByExecutionId: ['ok'],
  fetchBackendLogs: ['ok'],
};

/** What has to be seen of a method. */
export interface GateOptions {
  /** Matches in a row. Without a difference in n, fewer than 3/n calls differ, with 95 % certainty. Default 3,000. */
  readonly matches?: number | undefined;
  /** Matches of each way to end. Default 30. */
  readonly matchesOfEachEnd?: number | undefined;
}

/** Where a method stands before its switch. */
export interface GateState {
  readonly isOpen: boolean;
  readonly matchesInARow: number;
  /** Most calls of a hundred that can still differ, with 95 % certainty. */
  readonly mostPercent: number;
  /** Ways to end that have been seen too seldom, with how often. */
  readonly missing: Readonly<Record<string, number>>;
}

/** Which methods have been compared enough to be switched. What is not comparable never counts. */
export function shadowGate(
  totals: ShadowTotals,
  { matches = 3_000, matchesOfEachEnd = 30 }: GateOptions = {},
): Readonly<Record<keyof Runner, GateState>> {
  const stateOf = (method: keyof Runner): GateState => {
    const { matchesInARow = 0, matches: seen = {} } = totals[method] ?? {};
    const missing = Object.fromEntries(
      endsOf[method]
        .map((end) => [end, seen[end] ?? 0] as const)
        .filter(([, count]) => count < matchesOfEachEnd),
    );
    return {
      isOpen: matchesInARow >= matches && Object.keys(missing).length === 0,
      matchesInARow,
      mostPercent: matchesInARow === 0 ? 100 : Math.min(100, 300 / matchesInARow),
      missing,
    };
  };
  return Object.fromEntries(
    Object.keys(endsOf).map((method) => [method, stateOf(method as keyof Runner)]),
  ) as Record<keyof Runner, GateState>;
}
