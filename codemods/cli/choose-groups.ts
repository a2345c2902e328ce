import { toProjectPath, type ProjectPath } from '../engine/project-path.js';
import type { Migration } from '../migrate.js';
import { count } from '../reporting/count.js';
import { diffReport } from '../reporting/diff.js';
import type { Streams } from './streams.js';

/** Plans again, without some files. */
export type PlanWithout = (exclude: readonly ProjectPath[]) => Promise<Migration>;

/**
 * Goes through a migration group by group. A no takes the group's files out of the scope, and all is planned again, so
 * that what was agreed to fits without them; a group that looks different then is asked about again. Gives what everybody
 * agreed to, or nothing when the person quits.
 */
export async function chooseGroups(
  root: string,
  plan: PlanWithout,
  ask: NonNullable<Streams['ask']>,
  show: (text: string) => void,
): Promise<Migration | undefined> {
  const excluded: ProjectPath[] = [];
  const agreed = new Set<string>();
  for (;;) {
    const migration = await plan(excluded);
    const answer = await askAboutGroups(migration);
    if (answer === 'all') return migration;
    if (answer === 'quit') return undefined;
    excluded.push(...answer);
  }

  async function askAboutGroups({
    groups,
    changes,
  }: Migration): Promise<'all' | 'quit' | readonly ProjectPath[]> {
    for (const [index, group] of groups.entries()) {
      const diff = diffReport(
        root,
        changes.filter(({ path }) => group.includes(toProjectPath(root, path))),
      );
      if (agreed.has(diff)) continue;
      show(diff);
      const answer = await askOne(
        `Group ${index + 1} of ${groups.length}, ${count(group.length, 'file')}: migrate it?`,
      );
      if (answer === 'quit') return answer;
      if (answer === 'all') return answer;
      if (answer === 'no') return group;
      agreed.add(diff);
    }
    return 'all';
  }

  async function askOne(question: string): Promise<'yes' | 'no' | 'all' | 'quit'> {
    for (;;) {
      const answer = (await ask(`${question} [y]es, [n]o, [a]ll that is left, [q]uit: `))
        .trim()
        .toLowerCase();
      if (answer === 'y' || answer === 'yes') return 'yes';
      if (answer === 'n' || answer === 'no') return 'no';
      if (answer === 'a' || answer === 'all') return 'all';
      if (answer === 'q' || answer === 'quit') return 'quit';
    }
  }
}
