import { posix } from 'node:path';
import type { ts } from 'ts-morph';
import { toAbsolutePath } from '../project-path.js';

interface Manifest {
  readonly private?: boolean;
  readonly exports?: unknown;
  readonly main?: unknown;
  readonly module?: unknown;
  readonly types?: unknown;
  readonly typings?: unknown;
}

/** What the entry points are found by: names and manifests, no program. */
interface Published {
  readonly root: string;
  readonly options: ts.CompilerOptions;
  readonly fileNames: readonly string[];
  readonly readText: (path: string) => string | undefined;
}

/**
 * The source files behind the entry points of the packages in the project that others may install: those that are not
 * private and name an entry point. An entry that no file of the project stands behind is passed over.
 */
export function publicEntryPaths(project: Published): readonly string[] {
  const files = project.fileNames.filter((path) => !/\.d\.(?:[^/]*\.)?[cm]?ts$/.test(path));
  const found = new Set<string>();
  for (const folder of packageFolders(project, files)) {
    const manifest = readManifest(project, folder);
    if (manifest === undefined || manifest.private === true) continue;
    const { exports, main, module, types, typings } = manifest;
    const targets = [exports, main, module, types, typings].flatMap(targetsIn);
    for (const target of targets) {
      for (const file of sourcesOf(target, folder, files, project)) found.add(file);
    }
  }
  return [...found];
}

/** The folders of the nearest `package.json` of each file. */
function packageFolders(project: Published, files: readonly string[]): ReadonlySet<string> {
  const root = toAbsolutePath(project.root, '.');
  const folders = new Set<string>();
  const known = new Map<string, string | undefined>();
  const nearest = (folder: string): string | undefined => {
    if (known.has(folder)) return known.get(folder);
    const isOutside = folder !== root && !folder.startsWith(`${root}/`);
    const answer = isOutside
      ? undefined
      : project.readText(`${folder}/package.json`) !== undefined
        ? folder
        : nearest(posix.dirname(folder));
    known.set(folder, answer);
    return answer;
  };
  for (const path of files) {
    const folder = nearest(posix.dirname(path));
    if (folder !== undefined) folders.add(folder);
  }
  return folders;
}

function readManifest(project: Published, folder: string): Manifest | undefined {
  try {
    return JSON.parse(project.readText(`${folder}/package.json`) ?? '') as Manifest;
  } catch {
    // A manifest that npm could not read publishes nothing.
    return undefined;
  }
}

/** Every path that a part of a manifest leads to, whatever the conditions. */
function targetsIn(part: unknown): readonly string[] {
  if (typeof part === 'string') return [part];
  if (typeof part !== 'object' || part === null) return [];
  return Object.values(part).flatMap(targetsIn);
}

function sourcesOf(
  target: string,
  folder: string,
  files: readonly string[],
  { options }: Published,
): readonly string[] {
  const path = posix.join(folder, target);
  const candidates = [path];
  const { outDir, declarationDir } = options;
  for (const built of [outDir, declarationDir]) {
    if (built === undefined || !path.startsWith(`${built}/`)) continue;
    const inside = path.slice(built.length + 1);
    candidates.push(
      ...[options.rootDir, folder, `${folder}/src`].flatMap((one) => (one ? [`${one}/${inside}`] : [])),
    );
  }
  // Builds that the tsconfig does not tell of: `dist/index.js` is made of `src/index.ts`, or of `index.ts`.
  const [, inside] = /^(?:\.\/)?(?:dist|build|lib|out|es|esm|cjs|types)\/(.*)$/.exec(target) ?? [];
  if (inside !== undefined) candidates.push(`${folder}/${inside}`, `${folder}/src/${inside}`);
  for (const candidate of candidates) {
    const matching = files.filter((path) => isSameModule(path, candidate));
    if (matching.length > 0) return matching;
  }
  return [];
}

/** Whether a source file is what a path means: with another ending, without one, as a folder, or by a pattern. */
function isSameModule(fileName: string, path: string): boolean {
  const bare = withoutEnding(fileName);
  const wanted = withoutEnding(path);
  if (!wanted.includes('*')) return bare === wanted || bare === `${wanted}/index`;
  const [head = '', tail = ''] = wanted.split('*');
  return bare.startsWith(head) && bare.endsWith(tail) && bare.length >= head.length + tail.length;
}

function withoutEnding(path: string): string {
  return path.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
}
