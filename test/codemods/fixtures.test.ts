import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, readConfiguration, writeFiles, type Migration } from '../../codemods/index.js';
import { expectedLeftAlone, filesOf, FixtureProject, recordOutcome, situations } from './fixture-project.js';
import { leftIn } from './left-in.js';
import { compile, removeCompiled, runBehaviour } from './run-behaviour.js';

/** Run with it set to write down what the engine does now; then read the diff. */
const isRecording = process.env['REFACET_RECORD_FIXTURES'] !== undefined;

describe('every fixture', () => {
  let project: FixtureProject;
  let first: Migration;
  let second: Migration;
  let before: string;
  let after: string;

  beforeAll(async () => {
    project = new FixtureProject();
    const configuration = readConfiguration(project.root, { facade: 'facade/legacy-runner.ts#LegacyRunner' });
    before = compile(project.root);
    first = await migrate(configuration);
    writeFiles(project.root, first.changes);
    after = compile(project.root);
    second = await migrate(configuration);
    if (isRecording) {
      for (const one of situations) recordOutcome(one, project.filesOf(one), leftIn(first, one));
    }
  }, 300_000);

  afterAll(() => {
    project.remove();
    removeCompiled(before);
    removeCompiled(after);
  });

  it.each(situations)('%s: every byte is as expected', (situation) => {
    expect(project.filesOf(situation)).toEqual(filesOf(situation, 'after'));
  });

  it.each(situations)('%s: what is left alone has the expected reason', (situation) => {
    expect(leftIn(first, situation)).toEqual(expectedLeftAlone(situation));
  });

  it.each(situations.filter(hasBehaviour))('%s: behaves as it did', async (situation) => {
    const was = await runBehaviour(join(before, situation, 'behaviour.js'));
    const is = await runBehaviour(join(after, situation, 'behaviour.js'));

    expect(was.length).toBeGreaterThan(1);
    expect(is).toEqual(was);
  });

  it('has nothing to do on a second run', () => {
    expect(second.changes).toEqual([]);
    expect(second.report.rewritten).toBe(0);
  });

  it('leaves a project that compiles', () => {
    const path = join(project.root, 'tsconfig.json');
    const config = ts.parseJsonConfigFileContent(
      ts.readConfigFile(path, (file) => ts.sys.readFile(file)).config,
      ts.sys,
      project.root,
    );

    const errors = ts.getPreEmitDiagnostics(ts.createProgram(config.fileNames, config.options));

    expect(
      errors.map(
        (error) => `${error.file?.fileName ?? ''} ${ts.flattenDiagnosticMessageText(error.messageText, ' ')}`,
      ),
    ).toEqual([]);
  }, 120_000);

  it('takes nothing back: what would not compile is seen before it is written', () => {
    const takenBack = first.report.leftAlone.filter(
      ({ reason, blockedBy }) => (blockedBy?.reason ?? reason) === 'would-not-compile',
    );

    expect(takenBack).toEqual([]);
  });

  it('accounts for every use', () => {
    const { found, rewritten, left } = first.report;

    expect(rewritten + left).toBe(found);
    expect(first.report.leftAlone.filter(({ kind }) => kind === 'use')).toHaveLength(left);
  });

  it('shows code that stays as it is in half of the fixtures', () => {
    const staying = situations.filter((situation) => expectedLeftAlone(situation).length > 0);

    expect(staying.length / situations.length).toBeGreaterThan(0.45);
  });
});

function hasBehaviour(situation: string): boolean {
  const path = join(import.meta.dirname, '../fixtures', situation, 'before/behaviour.ts');
  return existsSync(path) && readFileSync(path, 'utf8').includes('export');
}
