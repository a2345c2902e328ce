import { describe, expect, it } from 'vitest';
import { judgeMutants, type LedgerEntry } from './judge-mutants.js';
import { type Mutant, type MutationReport, readMutants } from './mutant.js';

const survivor: Mutant = {
  file: 'src/a.ts',
  line: 3,
  mutator: 'StringLiteral',
  code: "'a'",
  replacement: '""',
  status: 'Survived',
  testsCompleted: 4,
};
const entry: LedgerEntry = {
  file: 'src/a.ts',
  mutator: 'StringLiteral',
  code: "'a'",
  replacement: '""',
  reason: 'Nobody reads it.',
};
const killed: Mutant = { ...survivor, line: 4, code: "'b'", status: 'Killed' };

describe('the judgement of a mutation run', () => {
  it('accepts survivors that the ledger explains, wherever they have moved', () => {
    const judged = judgeMutants([{ ...survivor, line: 99 }, killed], { ledger: [entry], goal: 50 });

    expect(judged).toMatchObject({ score: 50, valid: 2, killed: 1, problems: [] });
  });

  it('names each survivor that the ledger does not explain', () => {
    const { problems } = judgeMutants([survivor, killed], { ledger: [] });

    expect(problems).toEqual([`src/a.ts:3 survives and is not in the ledger: StringLiteral, 'a' → ""`]);
  });

  it('takes code that no test reaches for a survivor', () => {
    const { score, problems } = judgeMutants([{ ...survivor, status: 'NoCoverage', testsCompleted: 0 }], {
      ledger: [],
    });

    expect({ score, problems: problems.length }).toEqual({ score: 0, problems: 1 });
  });

  it('refuses a ledger that explains what is killed, but only of files that were run', () => {
    const elsewhere = { ...entry, file: 'src/b.ts' };

    const { problems } = judgeMutants([killed], { ledger: [entry, elsewhere] });

    expect(problems).toEqual([
      `src/a.ts is in the ledger with a mutant that is killed: StringLiteral, 'a' → ""`,
    ]);
  });

  it('refuses a ledger that gives no reason', () => {
    const { problems } = judgeMutants([survivor], { ledger: [{ ...entry, reason: ' ' }] });

    expect(problems).toEqual([`src/a.ts is in the ledger without a reason: StringLiteral, 'a' → ""`]);
  });

  it('gives what the ledger lacks in its own form', () => {
    const { unexplained } = judgeMutants([survivor, killed], { ledger: [] });

    expect(unexplained).toEqual([{ ...entry, reason: '' }]);
  });

  it('trusts no survivor of a run without tests', () => {
    const { problems } = judgeMutants([{ ...survivor, testsCompleted: 0 }], { ledger: [entry] });

    expect(problems).toEqual([`src/a.ts:3 survived a run without any test: StringLiteral, 'a' → ""`]);
  });

  it('counts timeouts as killed, and refuses many of them', () => {
    const judged = judgeMutants([{ ...killed, status: 'Timeout' }, killed], { ledger: [], goal: 100 });

    expect(judged).toMatchObject({ score: 100, timeouts: 1 });
    expect(judged.problems).toEqual(['1 of 2 mutants ran out of time: more than 2 %.']);
  });

  it('leaves out what could not be compiled, and says when nothing was run', () => {
    expect(judgeMutants([{ ...killed, status: 'CompileError' }], { ledger: [] }).problems).toEqual([
      'No mutant was run.',
    ]);
  });

  it('holds the score to its goal', () => {
    expect(judgeMutants([survivor, killed], { ledger: [entry], goal: 95 }).problems).toEqual([
      'The score is 50.0 %, below 95 %.',
    ]);
  });
});

it('reads a mutant with its code from a report of Stryker', () => {
  const report: MutationReport = {
    files: {
      'src/a.ts': {
        source: 'const a = {\n  b: 1,\n};\n',
        mutants: [
          {
            mutatorName: 'ObjectLiteral',
            replacement: '{}',
            status: 'Survived',
            testsCompleted: 2,
            location: { start: { line: 1, column: 11 }, end: { line: 3, column: 2 } },
          },
        ],
      },
    },
  };

  expect(readMutants(report)).toEqual([
    {
      file: 'src/a.ts',
      line: 1,
      mutator: 'ObjectLiteral',
      code: '{ b: 1, }',
      replacement: '{}',
      status: 'Survived',
      testsCompleted: 2,
    },
  ]);
});
