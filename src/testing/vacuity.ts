import type { Divergence } from './divergence.js';
import type { Coverage } from './ledger.js';
import type { Normalisation } from './normalisation.js';

/** What a run must have covered to mean anything. */
export interface Floors {
  readonly scenarios?: number | undefined;
  /** Method → outcome → least count. */
  readonly outcomes?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /** Share of faults of one operation that may meet a request of one side only; default 0.05. */
  readonly faultsOfOneSide?: number | undefined;
}

/** What the run was made with. */
export interface Declared {
  readonly divergences?: readonly Divergence[] | undefined;
  readonly normalisations?: readonly Normalisation[] | undefined;
}

/**
 * Why a green run would prove less than it claims: outcomes below their floor, rows and rules that nothing exercised.
 * Empty when there is nothing to complain of.
 */
export function findVacuity(coverage: Coverage, declared: Declared, floors: Floors): readonly string[] {
  return [
    ...belowFloor('scenarios', coverage.scenarios, floors.scenarios ?? 1),
    ...outcomesBelowFloor(coverage, floors),
    ...(declared.divergences ?? []).flatMap(({ id }) => unusedRow(coverage, id)),
    ...(declared.normalisations ?? []).flatMap(({ id }) =>
      coverage.normalisations[id] ? [] : [`The rule "${id}" matched nothing. Remove it.`],
    ),
    ...faultsOfOneSide(coverage, floors.faultsOfOneSide ?? 0.05),
  ];
}

function belowFloor(what: string, count: number, floor: number): readonly string[] {
  return count >= floor ? [] : [`${what}: ${count}, and at least ${floor} are needed.`];
}

function outcomesBelowFloor(coverage: Coverage, floors: Floors): readonly string[] {
  return Object.entries(floors.outcomes ?? {}).flatMap(([method, outcomes]) =>
    Object.entries(outcomes).flatMap(([outcome, floor]) =>
      belowFloor(`${method} ended ${outcome}`, coverage.outcomes[method]?.[outcome] ?? 0, floor),
    ),
  );
}

function unusedRow(coverage: Coverage, id: string): readonly string[] {
  const counts = coverage.rows[id];
  if (!counts)
    return [`No scenario exercised the divergence "${id}". Remove it, or generate what it is about.`];
  return counts['changed'] ? [] : [`The divergence "${id}" changes nothing any more. Remove it.`];
}

function faultsOfOneSide(coverage: Coverage, share: number): readonly string[] {
  return Object.entries(coverage.sharedFaults).flatMap(([operation, counts]) => {
    const one = counts['one side'] ?? 0;
    const all = one + (counts['both'] ?? 0);
    return one <= all * share
      ? []
      : [
          `${one} of ${all} faults of ${operation} met one implementation only. ` +
            'Map them in a divergence (mapFault), or nothing behind them is compared.',
        ];
  });
}
