import { posix } from 'node:path';

/** A package of the tree, by its manifest. */
export interface WorkspacePackage {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** The packages with a name among the manifests of a tree; what is no JSON is none. */
export function workspacePackages(
  manifests: readonly string[],
  readText: (path: string) => string | undefined,
): readonly WorkspacePackage[] {
  return manifests.flatMap((path) => {
    const manifest = parse(readText(path) ?? '');
    const name = manifest?.['name'];
    return manifest === undefined || typeof name !== 'string'
      ? []
      : [{ name, folder: posix.dirname(path), manifest }];
  });
}

/** The paths that a package's manifest gives for a specifier, whatever the conditions; types come first. */
export function targetsOf(
  { name, folder, manifest }: WorkspacePackage,
  specifier: string,
): readonly string[] {
  const subpath = specifier === name ? '.' : `./${specifier.slice(name.length + 1)}`;
  const { exports: exported, types, typings, module, main } = manifest;
  const given = exported === undefined ? undefined : exportOf(exported, subpath);
  const plain = subpath === '.' ? [types, typings, module, main].flatMap(pathsIn) : [subpath];
  const paths = given ?? plain;
  return [...paths, ...(subpath === '.' ? ['./src/index.ts', './index.ts'] : [])].map((path) =>
    posix.join(folder, path),
  );
}

function exportOf(exported: unknown, subpath: string): readonly string[] {
  const isMap =
    typeof exported === 'object' &&
    exported !== null &&
    Object.keys(exported).some((key) => key.startsWith('.'));
  if (!isMap) return subpath === '.' ? pathsIn(exported) : [];
  for (const [key, value] of Object.entries(exported as Record<string, unknown>)) {
    if (key === subpath) return pathsIn(value);
    const [head = '', tail] = key.split('*');
    if (tail === undefined || !subpath.startsWith(head) || !subpath.endsWith(tail)) continue;
    const star = subpath.slice(head.length, subpath.length - tail.length);
    return pathsIn(value).map((path) => path.replaceAll('*', star));
  }
  return [];
}

function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(pathsIn);
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null
      ? (parsed as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
