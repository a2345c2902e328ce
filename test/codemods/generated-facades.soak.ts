import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { batchOf } from './generated/batch.js';
import { emptyTally, findDifference, showBatch } from './generated/find-difference.js';
import { shrink } from './generated/shrink.js';

const programs = Number(process.env['REFACET_PROGRAMS'] ?? '50000');
const seed = Number(process.env['REFACET_SEED'] ?? Date.now() % 2_147_483_648);
const folder = process.env['REFACET_SOAK'] ?? join(import.meta.dirname, '../../.soak');

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
  appendFileSync(join(folder, 'progress.log'), `${line}\n`);
};

it(
  `behaves after a migration as before: ${programs} consumers`,
  async () => {
    const tally = emptyTally();
    let differences = 0;
    mkdirSync(folder, { recursive: true });
    say(`${programs} programs from REFACET_SEED=${seed}; what differs is kept in ${folder}`);

    for (let at = seed; tally.consumers < programs; at += 1) {
      const batch = batchOf(at);
      const difference = await findDifference(batch, tally);
      if (difference !== undefined) {
        differences += 1;
        tally.consumers += batch.consumers.length;
        const small = await shrink(batch, difference);
        const { kind, detail } = small.difference;
        const path = join(folder, `${kind.replaceAll(' ', '-')}-${at}.txt`);
        const again = `REFACET_PROGRAMS=1 REFACET_SEED=${at} npx vitest run test/codemods/generated-facades.test.ts`;
        writeFileSync(
          path,
          `${kind}\n${detail}\n\n${showBatch(small.batch)}\n${again}\n${JSON.stringify(small.batch)}\n`,
        );
        say(`DIFFERENCE: ${kind}, ${path}`);
      }
      if ((at - seed) % 10 === 9 || tally.consumers >= programs) {
        say(
          `${tally.consumers} of ${programs} programs: ${tally.rewritten} uses rewritten, ${tally.left} left, ${differences} differences, seed ${at}`,
        );
      }
    }

    for (const [shape, { rewritten, left }] of tally.byShape)
      say(`${shape}: ${rewritten} of ${rewritten + left}`);
    for (const [reason, count] of [...tally.reasons].sort((one, other) => other[1] - one[1]))
      say(`${count} times ${reason}`);
    expect(differences, `differences, kept in ${folder}`).toBe(0);
  },
  // A soak takes as long as it takes.
  0,
);
