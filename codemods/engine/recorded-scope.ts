import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isWithin, type ProjectPath } from './project-path.js';
import { UsageError } from './usage-error.js';
import type { FileWrite } from './writing/write-files.js';

/** Where the paths of earlier runs are kept, in the root and under version control. */
export const scopeFileName = 'refacet.scope.json';

interface ScopeFile {
  readonly version: 1;
  readonly paths: readonly string[];
}

/**
 * The paths that earlier runs have migrated. Every run plans with them as well: only so does a migration folder by
 * folder end where one of everything does, in whatever order the folders come.
 */
export function readRecordedScope(root: string): readonly string[] {
  const path = join(root, scopeFileName);
  if (!existsSync(path)) return [];
  const problem = new UsageError(
    `${path} is no list of migrated paths: { "version": 1, "paths": ["src/jobs"] }. Restore it, or remove it.`,
  );
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw problem;
  }
  if (typeof json !== 'object' || json === null) throw problem;
  const { version, paths } = json as Partial<ScopeFile>;
  if (version !== 1 || !Array.isArray(paths) || !paths.every((one) => typeof one === 'string')) throw problem;
  return paths;
}

/** What a run plans with: what was recorded and what is given. Nothing given is everything. */
export function joinScopes(recorded: readonly string[], given: readonly string[]): readonly string[] {
  if (given.length === 0) return [];
  const all = [...new Set([...recorded, ...given].map(tidy))].sort();
  // A path inside another one adds nothing.
  return all.filter((one) => !all.some((other) => other !== one && isWithin(one as ProjectPath, other)));
}

/** The file that records a run's paths beside the earlier ones; `undefined` when it says that already. */
export function scopeFileOf(root: string, given: readonly string[]): FileWrite | undefined {
  const recorded = readRecordedScope(root);
  // Everything at once is no migration in steps, unless one has begun.
  if (given.length === 0 && recorded.length === 0) return undefined;
  const paths = given.length === 0 ? ['.'] : joinScopes(recorded, given);
  const path = join(root, scopeFileName);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const after = `${JSON.stringify({ version: 1, paths } satisfies ScopeFile, undefined, 2)}\n`;
  return before === after ? undefined : { path, before, after };
}

function tidy(path: string): string {
  const plain = path.replace(/^\.\//, '').replace(/\/+$/, '');
  return plain === '' ? '.' : plain;
}
