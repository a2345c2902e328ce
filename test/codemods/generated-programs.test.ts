import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, readConfiguration, writeFiles, type Migration } from '../../codemods/index.js';
import { FixtureProject } from './fixture-project.js';
import { generatedProgram, printProgram } from './generated-program.js';
import { compile, removeCompiled, runBehaviour } from './run-behaviour.js';

const seed = Number(process.env['REFACET_SEED'] ?? '20261124');
const count = Number(process.env['REFACET_PROGRAMS'] ?? '120');

/** A runner that is no facade: every call is marked as it arrives, and answered by the facets. */
const makeRunner = `import type { Facets } from '../facade/facets.js';
import { LegacyRunner } from '../facade/legacy-runner.js';
import type { Runner } from '../facade/runner.js';

export function makeRunner(facets: Facets): Runner {
  return new LegacyRunner(facets);
}

export function fakeRunner(facets: Facets, mark: (label: string) => string): Runner {
  const inner: Record<string, unknown> = facets as never;
  return new Proxy({} as Runner, {
    get: (_target, method) => async (...args: unknown[]) => {
      mark(\`\${String(method)} \${JSON.stringify(args.slice(1).filter((one) => one !== undefined))}\`);
      return Object.keys(inner).length + args.length;
    },
  });
}
`;

describe(`${count} generated programs (REFACET_SEED=${seed})`, () => {
  const programs = fc.sample(generatedProgram, { seed, numRuns: count }).map(printProgram);
  const nameOf = (index: number): string => `program-${String(index).padStart(4, '0')}`;
  let project: FixtureProject;
  let migration: Migration;
  let before: string;
  let after: string;

  beforeAll(async () => {
    project = new FixtureProject([]);
    mkdirSync(join(project.root, 'support'));
    writeFileSync(join(project.root, 'support/make-runner.ts'), makeRunner);
    programs.forEach((text, index) => {
      mkdirSync(join(project.root, nameOf(index)));
      writeFileSync(join(project.root, nameOf(index), 'behaviour.ts'), text);
    });
    before = compile(project.root);
    const configuration = readConfiguration(project.root, { facade: 'facade/legacy-runner.ts#LegacyRunner' });
    migration = await migrate(configuration);
    writeFiles(project.root, migration.changes);
    after = compile(project.root);
  }, 300_000);

  afterAll(() => {
    project.remove();
    removeCompiled(before);
    removeCompiled(after);
  });

  it('behave after the migration as they did before', async () => {
    for (const index of programs.keys()) {
      const was = await runBehaviour(join(before, nameOf(index), 'behaviour.js'));
      const is = await runBehaviour(join(after, nameOf(index), 'behaviour.js'));

      const [file] = Object.values(project.filesOf(nameOf(index)));
      expect(is, `${programs[index] ?? ''}\n--- became ---\n${file ?? ''}`).toEqual(was);
    }
  }, 120_000);

  it('are left alone for no reason but those that their code shows', () => {
    const reasons = new Set(
      migration.report.leftAlone.map(({ reason, blockedBy }) => blockedBy?.reason ?? reason),
    );

    expect([...reasons].sort()).toEqual(
      expect.not.arrayContaining(['would-not-compile', 'would-bind-differently', 'flows-to-unknown-type']),
    );
  });

  it('are rewritten in good part', () => {
    const { found, rewritten, left } = migration.report;

    expect(rewritten + left).toBe(found);
    expect(rewritten / found).toBeGreaterThan(0.2);
  });

  it('have nothing to do on a second run', async () => {
    const configuration = readConfiguration(project.root, { facade: 'facade/legacy-runner.ts#LegacyRunner' });

    expect((await migrate(configuration)).changes).toEqual([]);
  }, 120_000);
});
