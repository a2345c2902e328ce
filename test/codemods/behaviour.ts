import { expect, vi } from 'vitest';
import { projectRoot, type Files } from './in-memory-project.js';
import { runModule } from './run-modules.js';

/** What running a project shows: the trace of everything that it did, and how it ended. */
export async function behaviourOf(
  { behaviour }: { readonly behaviour: string },
  files: Files,
): Promise<unknown> {
  const tests: { readonly name: string; readonly body: () => unknown }[] = [];
  const prepare: (() => unknown)[] = [];
  const framework = {
    vi,
    expect,
    describe: (_name: string, body: () => void) => body(),
    beforeEach: (body: () => unknown) => prepare.push(body),
    it: (name: string, body: () => unknown) => tests.push({ name, body: () => runTest(prepare, body) }),
  };
  const main = `${projectRoot}/behaviour.ts`;
  const exports = runModule(new Map([...files, [main, behaviour]]), main, { vitest: framework });
  const run = exports['behaviour'] as (registered: typeof tests) => Promise<unknown>;
  return withoutEmptyGroups(await run(tests));
}

async function runTest(prepare: readonly (() => unknown)[], body: () => unknown): Promise<void> {
  for (const one of prepare) await one();
  await body();
}

/**
 * The one difference that a migration may make to what facets are called with: members that are `undefined`, and
 * groups of nothing but such members, may be missing instead.
 */
function withoutEmptyGroups(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyGroups);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutEmptyGroups(inner)] as const);
  const kept = entries.filter(([, inner]) => inner !== undefined);
  return kept.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(kept);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
