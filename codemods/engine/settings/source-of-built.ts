import { posix } from 'node:path';
import type { Tsconfig } from './read-tsconfig.js';

/** The source file, of those that are known, that a built file is made of. */
export function sourceOfBuilt(
  built: string,
  folder: string,
  configs: readonly Tsconfig[],
  known: ReadonlySet<string>,
): string | undefined {
  for (const candidate of candidates(built, folder, configs)) {
    const bare = candidate.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
    for (const ending of ['.ts', '.tsx', '.mts', '.cts', '/index.ts', '/index.tsx', '.js', '.mjs', '.cjs']) {
      if (known.has(`${bare}${ending}`)) return `${bare}${ending}`;
    }
  }
  return undefined;
}

function* candidates(built: string, folder: string, configs: readonly Tsconfig[]): Iterable<string> {
  yield built;
  for (const { path, options } of configs) {
    for (const out of [options.declarationDir, options.outDir]) {
      if (out === undefined || !built.startsWith(`${out}/`)) continue;
      const inside = built.slice(out.length + 1);
      const base = posix.dirname(path);
      for (const from of [options.rootDir ?? base, base, `${base}/src`]) yield posix.join(from, inside);
    }
  }
  // Builds that no tsconfig tells of: `dist/index.js` is made of `src/index.ts`, or of `index.ts`.
  const inside = /^(?:dist|build|lib|out|es|esm|cjs|types)\/(.*)$/.exec(built.slice(folder.length + 1))?.[1];
  if (inside !== undefined) {
    yield posix.join(folder, 'src', inside);
    yield posix.join(folder, inside);
  }
}
