import { isDeepStrictEqual } from 'node:util';
import { findFacade } from '../../../codemods/engine/facade/find-facade.js';
import { planMigration } from '../../../codemods/engine/plan-migration.js';
import { reasons } from '../../../codemods/engine/reasons.js';
import { behaviourOf } from '../behaviour.js';
import { describePlan } from '../describe-plan.js';
import { errorsIn, inMemoryProject, type Files } from '../in-memory-project.js';
import { withSortedImports } from '../with-sorted-imports.js';
import { filesOf, folderOf, type Batch } from './batch.js';
import { behaviourModule } from './support.js';

/** What a migration did wrong: the first thing that was found. */
export interface Difference {
  readonly kind:
    | 'the generated project does not compile'
    | 'the engine fails'
    | 'the migrated project does not compile'
    | 'a reason that is not in the list'
    | 'it behaves otherwise'
    | 'a second run changes something'
    | 'the order of the files decides'
    | 'half of a migration does not compile'
    | 'two steps end elsewhere than one';
  readonly detail: string;
  /** The consumer that it shows in, if it shows in one. */
  readonly index?: number;
}

/** What was migrated, by shape: a run in which nothing moves would show nothing. */
export interface Tally {
  consumers: number;
  rewritten: number;
  left: number;
  readonly reasons: Map<string, number>;
  readonly byShape: Map<string, { rewritten: number; left: number }>;
}

/** A tally in which nothing has been counted. */
export function emptyTally(): Tally {
  return { consumers: 0, rewritten: 0, left: 0, reasons: new Map(), byShape: new Map() };
}

/** Migrates a batch in all the ways that have to end alike, and runs it before and after. */
export async function findDifference(batch: Batch, tally = emptyTally()): Promise<Difference | undefined> {
  try {
    return await differenceIn(batch, tally);
  } catch (error) {
    return { kind: 'the engine fails', detail: error instanceof Error ? (error.stack ?? '') : String(error) };
  }
}

/** The texts of a batch's consumers before and after, for a person to read. */
export function showBatch(batch: Batch): string {
  const files = filesOf(batch);
  let after: Files;
  try {
    ({ after } = migrate(files, 'ascending'));
  } catch {
    after = files;
  }
  return [...files]
    .filter(([path]) => path.startsWith('/project/src/') || path.includes('/facade/facade.ts'))
    .map(([path, text]) => {
      const became = after.get(path);
      return `// ${path}\n${text}${became === text ? '' : `\n// became\n${became ?? ''}`}`;
    })
    .join('\n');
}

async function differenceIn(batch: Batch, tally: Tally): Promise<Difference | undefined> {
  const { consumers, steps } = batch;
  const files = filesOf(batch);
  const first = migrate(files, 'ascending');
  const errorsBefore = errorsIn(first.project.program);
  if (errorsBefore.length > 0)
    return { kind: 'the generated project does not compile', ...listed(errorsBefore) };
  const errorsAfter = errorsIn(first.program);
  if (errorsAfter.length > 0)
    return { kind: 'the migrated project does not compile', ...listed(errorsAfter) };
  const unknown = count(batch, first.plan, tally);
  if (unknown !== undefined) return { kind: 'a reason that is not in the list', detail: unknown };

  for (const index of consumers.keys()) {
    const [was, is] = [await behaviour(files, index), await behaviour(first.after, index)];
    if (!isDeepStrictEqual(is, was))
      return {
        kind: 'it behaves otherwise',
        detail: `was ${JSON.stringify(was)}\nis  ${JSON.stringify(is)}`,
        index,
      };
  }
  const [again] = migrate(first.after, 'ascending').plan.files;
  if (again !== undefined)
    return {
      kind: 'a second run changes something',
      detail: `${again.path}\n${again.after}`,
      ...indexIn(again.path),
    };
  // One of these for each batch: what they find is in how carriers hang together, which repeats itself.
  return consumers.length % 2 === 0
    ? differenceByOrder(files, first.after)
    : differenceBySteps(files, first.after, steps);
}

type Migrated = ReturnType<typeof migrate>;

function migrate(files: Files, order: 'ascending' | 'descending', scope: readonly string[] = []) {
  const project = inMemoryProject(files, {}, order, 'facade/facade.ts#Facade');
  const facade = findFacade(project, { facade: 'facade/facade.ts#Facade' });
  const choices = { scope, allowBindings: true, keepDoubles: false, width: 110 };
  const plan = planMigration({ project, facade, ...choices });
  const changed = new Map(plan.files.map(({ path, after }) => [path, after]));
  return { project, plan, after: new Map([...files, ...changed]), program: project.withTexts(changed) };
}

/** Counts what was rewritten and left; the answer is a reason that nobody knows. */
function count({ consumers }: Batch, plan: Migrated['plan'], tally: Tally): string | undefined {
  const isOwn = (path: string): boolean => path.startsWith('/project/src/');
  const { left, stays } = describePlan(plan, isOwn);
  for (const line of [...left, ...stays]) {
    const reason = /: (?:blocked-by )?([\w-]+)/.exec(line)?.[1] ?? '';
    if (!(reasons as readonly string[]).includes(reason)) return line;
    tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
  }
  const all = plan.resolution.uses.filter(({ node }) => isOwn(node.getSourceFile().fileName));
  const leftIn = (index: number): number =>
    left.filter((line) => line.startsWith(`${folderOf(index).slice('/project/'.length)}/`)).length;
  tally.consumers += consumers.length;
  tally.left += left.length;
  tally.rewritten += all.length - left.length;
  for (const [index, { shape }] of consumers.entries()) {
    const uses = all.filter(({ node }) => node.getSourceFile().fileName.startsWith(`${folderOf(index)}/`));
    const known = tally.byShape.get(shape) ?? { rewritten: 0, left: 0 };
    known.left += leftIn(index);
    known.rewritten += uses.length - leftIn(index);
    tally.byShape.set(shape, known);
  }
  return undefined;
}

function behaviour(files: Files, index: number): Promise<unknown> {
  const bridge = `export { main } from './src/consumer-${index}/main.js';\n`;
  return behaviourOf({ behaviour: behaviourModule }, new Map([...files, ['/project/consumer.ts', bridge]]));
}

function differenceByOrder(files: Files, wanted: Files): Difference | undefined {
  const other = migrate(files, 'descending');
  for (const [path, text] of wanted) {
    if (other.after.get(path) === text) continue;
    const detail = `${path}\n${text}\n// the other way round\n${other.after.get(path) ?? ''}`;
    return { kind: 'the order of the files decides', detail, ...indexIn(path) };
  }
  return undefined;
}

/** Migrates a part of the files first and then all of them, as the recorded scope does. */
function differenceBySteps(files: Files, wanted: Files, steps: readonly number[]): Difference | undefined {
  const paths = [...files.keys()].filter((path) => path.startsWith('/project/src/'));
  const earlier = paths.filter((_path, index) => steps[index % steps.length] === 0);
  const scope = earlier.map((path) => path.slice('/project/'.length));
  // An empty scope means everything.
  if (scope.length === 0) return undefined;
  const half = migrate(files, 'ascending', scope);
  const errors = errorsIn(half.program);
  if (errors.length > 0) return { kind: 'half of a migration does not compile', ...listed(errors) };
  const whole = withSortedImports(migrate(half.after, 'ascending').after);
  for (const [path, text] of Object.entries(withSortedImports(wanted))) {
    if (whole[path] === text) continue;
    const detail = `${path}, in two steps, the first of ${scope.join()}\n${whole[path] ?? ''}\n// in one step\n${text}\n// half of it\n${half.after.get(path) ?? ''}`;
    return { kind: 'two steps end elsewhere than one', detail, ...indexIn(path) };
  }
  return undefined;
}

function listed(errors: readonly string[]): { readonly detail: string; readonly index?: number } {
  return { detail: errors.slice(0, 10).join('\n'), ...indexIn(`/project/${errors[0] ?? ''}`) };
}

function indexIn(path: string): { readonly index?: number } {
  const index = /^\/project\/src\/consumer-(\d+)\//.exec(path)?.[1];
  return index === undefined ? {} : { index: Number(index) };
}
