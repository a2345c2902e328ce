/**
 * Every schedule of something that runs under decisions, by depth-first search: after a run, the last decision that
 * had another choice is moved on and what follows is cut off.
 *
 * @param run runs under the decisions and tells how many choices each decision had.
 */
export async function enumerateSchedules(
  run: (decisions: readonly number[]) => Promise<readonly number[]>,
): Promise<number> {
  let decisions: number[] = [];
  for (let schedules = 1; ; schedules += 1) {
    const widths = await run(decisions);
    const taken = widths.map((_, position) => decisions[position] ?? 0);
    const next = taken.findLastIndex((choice, position) => choice + 1 < (widths[position] ?? 0));
    if (next === -1) return schedules;
    decisions = [...taken.slice(0, next), (taken[next] ?? 0) + 1];
  }
}
