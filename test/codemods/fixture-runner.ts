import { isDeepStrictEqual } from 'node:util';
import { ts } from 'ts-morph';
import { expect } from 'vitest';
import { findFacade } from '../../codemods/engine/facade/find-facade.js';
import { planMigration, type MigrationPlan } from '../../codemods/engine/plan-migration.js';
import { behaviourOf } from './behaviour.js';
import { commentsIn } from './comments-in.js';
import { describePlan, type LeftAlone } from './describe-plan.js';
import { recordFixture, type Fixture } from './fixture.js';
import { errorsIn, inMemoryProject, projectRoot, type Files } from './in-memory-project.js';
import { countRemainingUses } from './remaining-uses.js';

/** What a migration made of a project. */
export interface Migrated {
  readonly files: Files;
  readonly leftAlone: LeftAlone;
  readonly errorsBefore: readonly string[];
  readonly errorsAfter: readonly string[];
  readonly remainingUses: number;
}

/** Migrates a project as a fixture asks for it. */
export function migrate(fixture: Fixture, files: Files): Migrated {
  const { facade, compilerOptions = {}, scope = [], ...choices } = fixture.expected;
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, projectRoot);
  const project = inMemoryProject(files, options, 'ascending', facade);
  const found = findFacade(project, { facade });
  const plan: MigrationPlan = planMigration({
    project,
    facade: found,
    scope,
    allowBindings: choices.allowBindings ?? true,
    keepDoubles: choices.keepDoubles ?? false,
    publicApi: choices.publicApi ?? 'keep',
    width: choices.width ?? 100,
  });
  const changed = new Map(plan.files.map(({ path, after }) => [path, after]));
  const own = (path: string): boolean => isOwn(fixture, path);
  const program = project.withTexts(changed);
  // Asked for only where it matters: checking a program costs more than making it.
  return {
    files: new Map([...files, ...changed]),
    leftAlone: describePlan(plan, own),
    get errorsBefore() {
      return errorsIn(project.program);
    },
    get errorsAfter() {
      return errorsIn(program);
    },
    get remainingUses() {
      return countRemainingUses(program, { source: found.model.source, facade: found.model.facade }, own);
    },
  };
}

/** Checks everything that a fixture claims. Throws at the first claim that does not hold. */
export async function checkFixture(fixture: Fixture): Promise<void> {
  const { before, after, expected } = fixture;
  const first = migrate(fixture, before);

  const { errorsBefore, errorsAfter } = first;
  if (process.env['REFACET_RECORD_FIXTURES'] !== undefined) {
    recordFixture(fixture, changesBetween(before, first.files), first.leftAlone);
    return;
  }
  expect(errorsBefore, 'errors of the project as it was').toEqual(expected.errors ?? []);
  expect(changesBetween(before, first.files), 'the new text').toEqual(changesBetween(before, after));
  expect(first.leftAlone, 'what is left alone').toEqual({
    left: expected.left ?? [],
    stays: expected.stays ?? [],
  });
  expect(errorsAfter.length, errorsAfter.join('\n')).toBeLessThanOrEqual(errorsBefore.length);
  expect(first.remainingUses, 'uses without a line of their own').toBeLessThanOrEqual(
    first.leftAlone.left.length,
  );
  expect(lostComments(before, first.files), 'lost comments').toEqual(expected.droppedComments ?? []);

  const second = migrate(fixture, first.files);
  expect(changesBetween(first.files, second.files), 'a second run').toEqual({});

  if (expected.notExecuted !== undefined) return;
  const wanted = await behaviourOf(fixture, before);
  expect(hasHappened(wanted), 'the trace shows something').toBe(true);
  expect(await behaviourOf(fixture, first.files), 'behaviour').toEqual(wanted);
}

function isOwn({ expected, before }: Fixture, path: string): boolean {
  const [facadePath = ''] = expected.facade.split('#');
  const isShared = path.startsWith(`${projectRoot}/legacy/`) || path.startsWith(`${projectRoot}/support/`);
  return (
    before.has(path) &&
    !isShared &&
    path !== `${projectRoot}/${facadePath}` &&
    !path.includes('/node_modules/')
  );
}

function changesBetween(before: Files, after: Files): Readonly<Record<string, string>> {
  return Object.fromEntries([...after].filter(([path, text]) => before.get(path) !== text));
}

function lostComments(before: Files, after: Files): readonly string[] {
  return [...before].flatMap(([path, text]) => {
    const kept = [...commentsIn(after.get(path) ?? '')];
    return commentsIn(text).filter((comment) => {
      const position = kept.indexOf(comment);
      if (position >= 0) kept.splice(position, 1);
      return position < 0;
    });
  });
}

function hasHappened(outcome: unknown): boolean {
  return !isDeepStrictEqual((outcome as { readonly trace: unknown }).trace, []);
}
