import { randomUUID } from 'node:crypto';
import { LegacyRunner } from 'refacet/legacy';
import { createLocalProvider } from 'refacet/local';
import { Builds } from './builds.js';
import { registerImages } from './register-images.js';
import { stopAll } from './stop-all.js';
import { timed } from './timed.js';

const provider = await createLocalProvider({
  stateDirectory: '.refacet',
  now: () => new Date(),
  nextId: () => randomUUID().replaceAll('-', ''),
});
const runner = new LegacyRunner(provider);
const ctx = {};

await registerImages(runner, ctx);
const builds = new Builds(runner, 'ops@example.com');
const id = await builds.start(ctx, 'make');
console.log(await builds.print(ctx, id));
console.log(await timed(runner, ctx, 'killTask', id));
await stopAll(runner, ctx, []);
await provider.close();
