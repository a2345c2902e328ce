import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, '../fixtures');

/** Names of the situations, in the order of the alphabet. */
export const situations = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(fixtures, entry.name, 'before')))
  .map(({ name }) => name)
  .sort();

/** The files of one side of a fixture by their names. */
export function filesOf(situation: string, side: 'before' | 'after'): Readonly<Record<string, string>> {
  const folder = join(fixtures, situation, side);
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

/** What a fixture says is left alone: `consumer.ts:3 killTask evaluation-order`. */
export function expectedLeftAlone(situation: string): readonly string[] {
  const path = join(fixtures, situation, 'left-alone.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as string[]) : [];
}

/** Writes what the engine made of a fixture over what was expected; the diff is for a person to judge. */
export function recordOutcome(
  situation: string,
  files: Readonly<Record<string, string>>,
  leftAlone: readonly string[],
): void {
  const folder = join(fixtures, situation);
  rmSync(join(folder, 'after'), { recursive: true, force: true });
  mkdirSync(join(folder, 'after'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'after', name), text);
  writeFileSync(join(folder, 'left-alone.json'), `${JSON.stringify(leftAlone, undefined, 2)}\n`);
}

/** All fixtures as folders of one project that share a facade: one program for all of them. */
export class FixtureProject {
  readonly root = mkdtempSync(join(tmpdir(), 'refacet-fixtures-'));

  constructor(chosen: readonly string[] = situations) {
    writeFileSync(join(this.root, 'package.json'), '{ "type": "module", "private": true }');
    cpSync(join(fixtures, 'tsconfig.json'), join(this.root, 'tsconfig.json'));
    cpSync(join(fixtures, 'facade'), join(this.root, 'facade'), { recursive: true });
    for (const situation of chosen) {
      cpSync(join(fixtures, situation, 'before'), join(this.root, situation), { recursive: true });
    }
  }

  filesOf(situation: string): Readonly<Record<string, string>> {
    const folder = join(this.root, situation);
    return Object.fromEntries(
      readdirSync(folder)
        .sort()
        .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
