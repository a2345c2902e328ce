import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { migrate } from './fixture-runner.js';
import { fixtureFolder, type Fixture } from './fixture.js';
import { projectRoot } from './in-memory-project.js';

/** Writes what the engine makes of a fixture over what was expected; the diff is for a person to judge. */
export function recordFixture(fixture: Fixture): void {
  const { files, leftAlone } = migrate(fixture, fixture.before);
  const folder = fixtureFolder(fixture.name);
  rmSync(join(folder, 'after'), { recursive: true, force: true });
  for (const [path, text] of files) {
    if (fixture.before.get(path) === text) continue;
    const target = join(folder, 'after', path.slice(projectRoot.length));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  const path = join(folder, 'left-alone.json');
  const known = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, `${JSON.stringify({ ...known, ...leftAlone }, undefined, 2)}\n`);
}
