import { describe, expect, it } from 'vitest';
import { checkFixture } from './fixture-runner.js';
import { fixtureNames, readFixture } from './fixture.js';
import { recordFixture } from './record-fixture.js';

/** Run with it set to write down what the engine does now; then read the diff. */
const isRecording = process.env['REFACET_RECORD_FIXTURES'] !== undefined;

const fixtures = fixtureNames().map(readFixture);

describe('a migration of a small project', () => {
  for (const fixture of fixtures) {
    const { knownDefect } = fixture.expected;
    if (knownDefect === undefined) {
      it(fixture.name, async () => {
        if (isRecording) recordFixture(fixture);
        else await checkFixture(fixture);
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
