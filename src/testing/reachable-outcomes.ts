import { CallHarness } from './call-harness.js';
import { enumerateSchedules } from './enumerate-schedules.js';
import type { Equivalence } from './equivalence.js';
import type { Implementation, Side } from './implementation.js';
import type { Race } from './interleavings.js';
import { observeCall, observeTogether } from './observe-calls.js';
import type { RunningSide } from './observe-calls.js';
import type { Observation } from './observation.js';
import { sourceText } from './source-text.js';

/** How ends of a race are compared. */
export interface ReachableOptions {
  /** What counts of an end, as data: what may depend on who was first and on nothing else. */
  readonly project: (end: Observation) => unknown;
  /** Divergence that an end which the reference cannot reach belongs to, if any. */
  readonly allowedBy?: ((end: Observation, race: Race) => string | undefined) | undefined;
}

/**
 * Where two implementations make different requests there is no same schedule. Then each end that the candidate reaches
 * in any order must be one that the reference reaches in some order, its sequences included, or one that a divergence
 * allows.
 *
 * @returns how many orders of the candidate there were.
 */
export async function assertReachableOutcomes(
  { reference, candidate, ledger }: Equivalence,
  race: Race,
  { project, allowedBy }: ReachableOptions,
): Promise<number> {
  const reachable = new Set<string>();
  await explore(reference, race, (end) => reachable.add(textOf(project(end))));

  return explore(candidate, race, (end, decisions) => {
    ledger.addTo('schedules');
    if (reachable.has(textOf(project(end)))) return;
    const row = allowedBy?.(end, race);
    if (row === undefined)
      throw new Error(report({ reference, candidate }, race, decisions, project(end), reachable));
    ledger.count('rows', row, 'applied');
    ledger.count('rows', row, 'changed');
  });
}

/** Runs a race in every order. What comes before it runs once, where the side can put its world back. */
async function explore(
  implementation: Implementation,
  { before, together }: Race,
  onEnd: (end: Observation, decisions: readonly number[]) => unknown,
): Promise<number> {
  const begin = async (): Promise<RunningSide> => {
    const harness = new CallHarness();
    const running: RunningSide = { harness, side: implementation.build(harness), returned: [] };
    for (const [position, call] of before.entries()) await observeCall(running, call, position);
    return running;
  };
  let running = await begin();
  const { side, returned } = running;
  const saved = canGoBack(side) ? { world: side.save(), returned: [...returned] } : undefined;

  return enumerateSchedules(async (decisions) => {
    if (!saved) running = await begin();
    const { observation, widths } = await observeTogether(running, together, decisions);
    await onEnd(observation, decisions);
    if (saved && canGoBack(side)) side.restore(saved.world);
    return widths;
  });
}

function canGoBack(side: Side): side is Side & Required<Pick<Side, 'save' | 'restore'>> {
  return side.save !== undefined && side.restore !== undefined;
}

function textOf(value: unknown): string {
  return sourceText(value, '', Number.POSITIVE_INFINITY);
}

function report(
  { reference, candidate }: { readonly reference: Implementation; readonly candidate: Implementation },
  { before, together }: Race,
  decisions: readonly number[],
  end: unknown,
  reachable: ReadonlySet<string>,
): string {
  return [
    `${candidate.name} reaches an end that ${reference.name} does not:`,
    `  ${textOf(end)}`,
    `The ends that ${reference.name} reaches:`,
    ...[...reachable].slice(0, 10).map((one) => `  ${one}`),
    'The race:',
    sourceText({ before, together, decisions }),
  ].join('\n');
}
