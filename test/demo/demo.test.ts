import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeOutcome, runCommand } from '../../scripts/demo/run-command.js';
import { showChanges } from '../../scripts/demo/show-changes.js';
import { showSteps, type Step } from '../../scripts/demo/step.js';

const plain = (text: string): string => text;

function createStage() {
  const shown: string[] = [];
  const stage = { write: (text: string) => void shown.push(text), title: plain, good: plain, bad: plain };
  return { stage, text: () => shown.join('') };
}

const stepThat = (title: string, isGood: boolean, seen: string[]): Step => ({
  title,
  run: async () => {
    seen.push(title);
    return isGood;
  },
});

describe('the steps of the demonstration', () => {
  it('are shown in their order, and all of them going well is exit code 0', async () => {
    const { stage, text } = createStage();
    const seen: string[] = [];

    const code = await showSteps(
      [stepThat('copy', true, seen), stepThat('check', true, seen)],
      stage,
      () => 0,
    );

    expect(code).toBe(0);
    expect(seen).toEqual(['copy', 'check']);
    expect(text()).toMatch(/1\. copy[^]*2\. check[^]*All 2 steps went well/);
  });

  it('end with the first that fails, and exit code 1', async () => {
    const { stage, text } = createStage();
    const seen: string[] = [];

    const steps = [
      stepThat('copy', true, seen),
      stepThat('check', false, seen),
      stepThat('test', true, seen),
    ];
    const code = await showSteps(steps, stage, () => 0);

    expect(code).toBe(1);
    expect(seen).toEqual(['copy', 'check']);
    expect(text()).toContain('Step 2 failed');
  });
});

describe('a command of the demonstration', () => {
  const node = (script: string) =>
    runCommand({
      shown: 'tool',
      program: process.execPath,
      parameters: ['-e', script],
      folder: tmpdir(),
      env: process.env,
    });

  it('is shown as a reader would type it, with what it printed', async () => {
    const outcome = await node('console.log("one\\n\\ntwo")');

    expect(outcome.isGood).toBe(true);
    expect(describeOutcome(outcome, plain)).toBe('   $ tool\n   one\n\n   two\n');
  });

  it('has failed when it ends with another code than 0', async () => {
    const outcome = await node('console.error("no"); process.exitCode = 1');

    expect(outcome).toMatchObject({ isGood: false, printed: 'no' });
  });
});

describe('the changes of the demonstration', () => {
  let folders: { readonly before: string; readonly after: string };

  beforeEach(() => {
    folders = {
      before: mkdtempSync(join(tmpdir(), 'refacet-before-')),
      after: mkdtempSync(join(tmpdir(), 'refacet-after-')),
    };
  });

  afterEach(() => {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
  });

  it('are shown line by line where that is asked for, and counted elsewhere', () => {
    const shown: string[] = [];
    for (const name of ['a.ts', 'b.ts', 'same.ts']) writeFileSync(join(folders.before, name), 'one\ntwo\n');
    writeFileSync(join(folders.after, 'a.ts'), 'one\nTWO\n');
    writeFileSync(join(folders.after, 'b.ts'), 'one\ntwo\nthree\n');
    writeFileSync(join(folders.after, 'same.ts'), 'one\ntwo\n');

    const changed = showChanges(
      { ...folders, paths: ['a.ts', 'b.ts', 'same.ts'], inFull: ['a.ts'] },
      (text) => shown.push(text),
      { added: plain, removed: plain, place: plain },
    );

    expect(changed).toBe(2);
    expect(shown.join('')).toMatch(/ {3}-two\n {3}\+TWO\n {3}b\.ts +\+1 -0\n$/);
    expect(shown.join('')).not.toContain('same.ts');
  });
});
