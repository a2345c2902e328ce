import { describe, expect, it } from 'vitest';
import { behaviourOf } from './behaviour.js';
import { migrate } from './fixture-runner.js';
import { fixtureNames, readFixture, type Fixture } from './fixture.js';
import { projectRoot, type Files } from './in-memory-project.js';
import { withSortedImports } from './with-sorted-imports.js';

const fixtures = fixtureNames()
  .map(readFixture)
  .filter(({ expected }) => expected.knownDefect === undefined && expected.scope === undefined)
  .map((fixture) => ({ fixture, steps: stepsOf(fixture) }))
  .filter(({ fixture, steps }) => steps.length > 1 && fixture.after !== fixture.before);

describe('a migration file by file', () => {
  for (const { fixture, steps } of fixtures) {
    const { stepwiseDefect } = fixture.expected;
    const ends =
      stepwiseDefect === undefined ? 'ends as all at once' : `is known to end otherwise: ${stepwiseDefect}`;
    it(`${fixture.name}: compiles and behaves after every step, and ${ends}`, async () => {
      const wanted = withSortedImports(fixture.after);
      const forwards = withSortedImports(await migrateInSteps(fixture, steps));
      const backwards = withSortedImports(await migrateInSteps(fixture, [...steps].reverse()));

      if (stepwiseDefect === undefined) {
        expect(forwards).toEqual(wanted);
        expect(backwards).toEqual(wanted);
      } else {
        expect([forwards, backwards], 'all orders end alike: remove the stepwiseDefect').not.toEqual([
          wanted,
          wanted,
        ]);
      }
    });
  }
});

/** Migrates one file more at each step, and checks what there is after each. */
async function migrateInSteps(fixture: Fixture, steps: readonly string[]): Promise<Files> {
  let files = fixture.before;
  for (const count of steps.keys()) {
    const scope = steps.slice(0, count + 1);
    const step = migrate({ ...fixture, expected: { ...fixture.expected, scope } }, files);
    files = step.files;

    const errors = step.errorsAfter;
    expect(errors.length, errors.join('\n')).toBeLessThanOrEqual(fixture.expected.errors?.length ?? 0);
    if (fixture.expected.notExecuted === undefined) {
      expect(await behaviourOf(fixture, files)).toEqual(await behaviourOf(fixture, fixture.before));
    }
  }
  return files;
}

/** The files of a fixture that can change, from the project's root. */
function stepsOf({ before, after }: Fixture): readonly string[] {
  return [...before.keys()]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => path.slice(projectRoot.length + 1))
    .sort();
}
