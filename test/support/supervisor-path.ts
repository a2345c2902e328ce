import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The supervisor as we write it. */
export const supervisorSource = fileURLToPath(
  new URL('../../src/providers/local/task-supervisor.ts', import.meta.url),
);

/**
 * Where the tests find the supervisor as JavaScript; `build-supervisor.ts` puts it there. Named after what it was made
 * from: work trees that share their `node_modules` must not share this.
 */
export const supervisorPath = fileURLToPath(
  new URL(
    `../../node_modules/.cache/refacet/task-supervisor-${hashOf(supervisorSource)}.mjs`,
    import.meta.url,
  ),
);

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}
