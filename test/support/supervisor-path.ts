import { fileURLToPath } from 'node:url';

/** Where the tests find the supervisor as JavaScript; `build-supervisor.ts` puts it there. */
export const supervisorPath = fileURLToPath(
  new URL('../../node_modules/.cache/refacet/task-supervisor.mjs', import.meta.url),
);
