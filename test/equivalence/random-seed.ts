/** The seed of every run, unless `FC_SEED` gives another one; `FC_PATH` with it replays a single failure. */
export const seed = Number(process.env['FC_SEED'] ?? 20_261_124);
export const path = process.env['FC_PATH'];

/** How many times as much as in every run: `EQUIVALENCE_SOAK=20` takes an hour. */
export const soak = Number(process.env['EQUIVALENCE_SOAK'] ?? 1);
