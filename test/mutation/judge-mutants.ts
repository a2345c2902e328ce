import type { Mutant } from './mutant.js';

/**
 * A mutant that no test kills, and why that is right. It is known by its code and not by its line, so that it stays
 * known when the file around it changes.
 */
export interface LedgerEntry extends Pick<Mutant, 'file' | 'mutator' | 'code' | 'replacement'> {
  readonly reason: string;
}

/** What a run says of the tests. */
export interface Judgement {
  /** Killed and timed out, of all that could be run; in percent. */
  readonly score: number;
  readonly valid: number;
  readonly killed: number;
  readonly timeouts: number;
  readonly survivors: readonly Mutant[];
  /** Survivors that the ledger does not have, as it would have them. */
  readonly unexplained: readonly LedgerEntry[];
  /** Everything that is wrong, as sentences. */
  readonly problems: readonly string[];
}

/** What is asked of a run. */
export interface JudgeOptions {
  readonly ledger: readonly LedgerEntry[];
  /** Least score in percent; absent where only some files were run. */
  readonly goal?: number | undefined;
}

const mostTimeoutsInPercent = 2;

/** Holds a run to its goal, and every survivor to the ledger. */
export function judgeMutants(mutants: readonly Mutant[], { ledger, goal }: JudgeOptions): Judgement {
  const valid = mutants.filter(({ status }) => isValid(status));
  const count = (status: string): number => valid.filter((mutant) => mutant.status === status).length;
  const [killed, timeouts] = [count('Killed'), count('Timeout')];
  const survivors = valid.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const score = percent(killed + timeouts, valid.length);
  const files = new Set(mutants.map(({ file }) => file));

  const unexplained = survivors.filter((mutant) => !ledger.some((entry) => isOf(entry, mutant)));
  const stale = ledger.filter(
    (entry) => files.has(entry.file) && !survivors.some((mutant) => isOf(entry, mutant)),
  );
  const unreasoned = ledger.filter(({ reason }) => reason.trim() === '');
  // A run without any test is no verdict, whatever it is called.
  const idle = survivors.filter(
    ({ status, testsCompleted }) => status === 'Survived' && testsCompleted === 0,
  );
  return {
    score,
    valid: valid.length,
    killed,
    timeouts,
    survivors,
    unexplained: unexplained.map(({ file, mutator, code, replacement }) => ({
      ...{ file, mutator, code, replacement },
      reason: '',
    })),
    problems: [
      ...(valid.length === 0 ? ['No mutant was run.'] : []),
      ...unexplained.map((mutant) => `${at(mutant)} survives and is not in the ledger: ${change(mutant)}`),
      ...stale.map(
        (entry) => `${entry.file} is in the ledger with a mutant that is killed: ${change(entry)}`,
      ),
      ...unreasoned.map((entry) => `${entry.file} is in the ledger without a reason: ${change(entry)}`),
      ...idle.map((mutant) => `${at(mutant)} survived a run without any test: ${change(mutant)}`),
      ...(goal !== undefined && score < goal ? [`The score is ${score.toFixed(1)} %, below ${goal} %.`] : []),
      ...(percent(timeouts, valid.length) > mostTimeoutsInPercent
        ? [`${timeouts} of ${valid.length} mutants ran out of time: more than ${mostTimeoutsInPercent} %.`]
        : []),
    ],
  };
}

function isValid(status: string): boolean {
  return ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status);
}

function isOf(entry: LedgerEntry, mutant: Mutant): boolean {
  return (
    entry.file === mutant.file &&
    entry.mutator === mutant.mutator &&
    entry.code === mutant.code &&
    entry.replacement === mutant.replacement
  );
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

function at({ file, line }: Mutant): string {
  return `${file}:${line}`;
}

function change({ mutator, code, replacement }: Pick<Mutant, 'mutator' | 'code' | 'replacement'>): string {
  return `${mutator}, ${code} → ${replacement}`;
}
