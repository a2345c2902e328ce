import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The supervisor as we write it. */
export const supervisorSource = fileURLToPath(
  new URL('../../src/providers/local/task-supervisor.ts', import.meta.url),
);

/**
 * Where the tests find the supervisor as JavaScript; `build-supervisor.ts` puts it there. A sandbox covers `/tmp` and the
 * home of its user, wherever the project lies; it does not cover this. Named after what it was made from, so that two
 * checkouts do not share it.
 */
export const supervisorPath = join(
  `/var/tmp/refacet-tests-${userInfo().uid}`,
  `task-supervisor-${hashOf(supervisorSource)}.mjs`,
);

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}
