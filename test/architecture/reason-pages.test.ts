import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasons, type Reason } from '../../codemods/index.js';
import { reasonPages } from '../../scripts/migration-guide/reasons/index.js';
import {
  printReasonList,
  printReasonPage,
  type ShownFixture,
} from '../../scripts/migration-guide/reasons/print-reason-page.js';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/migration-guide/reasons');
const fixtures = join(root, 'test/fixtures/projects');

interface LeftAlone {
  readonly left?: readonly string[];
  readonly stays?: readonly string[];
}

/** The place in a fixture that is left for a reason, by what the fixture expects. */
function findFixture(reason: Reason, name: string): ShownFixture {
  const { left = [], stays = [] } = JSON.parse(
    readFileSync(join(fixtures, name, 'left-alone.json'), 'utf8'),
  ) as LeftAlone;
  for (const line of [...left, ...stays]) {
    const [, own, ownLine, found, other, otherLine] =
      /^(\S+?):(\d+) .*: (?:blocked-by )?([a-z-]+)(?: at (\S+):(\d+))?$/.exec(line) ?? [];
    if (found !== reason) continue;
    return {
      name,
      place: { path: other ?? own ?? '', line: Number(otherLine ?? ownLine) },
      read: (path) => readFileSync(join(fixtures, name, 'before', path), 'utf8'),
    };
  }
  throw new Error(
    `nothing is left for ${reason} in the fixture ${name} any more: choose another in scripts/migration-guide/reasons`,
  );
}

/** Run this file with -u to write the pages anew. */
describe('the pages about reasons', () => {
  it.each(reasons)('%s is in step with the tool and its fixture', async (reason) => {
    const page = reasonPages[reason];
    const fixture = page.fixture === undefined ? undefined : findFixture(reason, page.fixture);

    await expect(printReasonPage(reason, page, fixture)).toMatchFileSnapshot(join(folder, `${reason}.md`));
  });

  it('are listed', async () => {
    await expect(printReasonList(reasons)).toMatchFileSnapshot(join(folder, 'README.md'));
  });

  it('are those of the closed list and no others', () => {
    const pages = existsSync(folder) ? readdirSync(folder) : [];

    expect(pages.sort()).toEqual(['README.md', ...reasons.map((reason) => `${reason}.md`)].sort());
  });
});
