import { describe, expect, it } from 'vitest';
import { checkFixture } from './fixture-runner.js';
import { fixtureNames, readFixture } from './fixture.js';

const fixtures = fixtureNames().map(readFixture);

describe('a migration of a small project', () => {
  for (const fixture of fixtures) {
    const { knownDefect } = fixture.expected;
    if (knownDefect === undefined) {
      it(fixture.name, async () => {
        await checkFixture(fixture);
      });
    } else {
      it(`${fixture.name}, which is known to go wrong: ${knownDefect}`, async () => {
        const failure = await checkFixture(fixture).then(
          () => undefined,
          (error: unknown) => error,
        );

        expect(failure, 'the fixture passes: remove its knownDefect').toBeDefined();
      });
    }
  }
});
