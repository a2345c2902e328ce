import { expect, it } from 'vitest';
import { batchOf } from './generated/batch.js';
import { emptyTally, findDifference, showBatch } from './generated/find-difference.js';
import { shrink } from './generated/shrink.js';

const programs = Number(process.env['REFACET_PROGRAMS'] ?? '1000');
const seed = Number(process.env['REFACET_SEED'] ?? '20261124');

it(
  `behaves after a migration as before: ${programs} consumers of generated facades, REFACET_SEED=${seed}`,
  async () => {
    const tally = emptyTally();

    for (let at = seed; tally.consumers < programs; at += 1) {
      const batch = batchOf(at);
      const difference = await findDifference(batch, tally);
      if (difference === undefined) continue;
      const small =
        process.env['REFACET_NO_SHRINK'] === undefined
          ? await shrink(batch, difference)
          : { batch: { ...batch, consumers: [] }, difference };
      expect.fail(
        `REFACET_SEED=${at}: ${small.difference.kind}\n${small.difference.detail}\n\n${showBatch(small.batch)}`,
      );
    }

    expect(tally.rewritten).toBeGreaterThan(tally.left / 2);
    expect(tally.reasons.size).toBeGreaterThan(8);
  },
  60_000 + programs * 400,
);
