import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Who owns a file, by a path from the project's root; empty where nobody is named. */
export type OwnersOf = (path: string) => readonly string[];

const places = ['.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/**
 * Reads the CODEOWNERS file of the repository that the project is in. `undefined` when there is none.
 */
export function readCodeOwners(root: string): OwnersOf | undefined {
  const repository = repositoryOf(root);
  const path = places.map((place) => join(repository, place)).find((one) => existsSync(one));
  if (path === undefined) return undefined;
  const prefix = relative(repository, root).split(sep).join('/');
  const ownersOf = parseCodeOwners(readFileSync(path, 'utf8'));
  return (file) => ownersOf(prefix === '' ? file : `${prefix}/${file}`);
}

/** Understands the text of a CODEOWNERS file: the last line that matches a path decides. */
export function parseCodeOwners(text: string): OwnersOf {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...owners] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/(?<!\\)\s+/);
    // Sections are GitLab's own; their headings match no file.
    if (pattern === undefined || pattern === '' || /^\^?\[/.test(pattern)) return [];
    return [{ matches: toPattern(pattern), owners }];
  });
  return (path) => rules.findLast(({ matches }) => matches.test(path))?.owners ?? [];
}

/** The pattern of a path: like those of .gitignore, without negation and character classes. */
function toPattern(written: string): RegExp {
  const pattern = written.replaceAll('\\ ', ' ');
  const isAnchored = pattern.slice(0, -1).includes('/');
  const body = pattern
    .replace(/^\//, '')
    .replace(/\/$/, '')
    .split(/(\*\*\/|\/\*\*$|\*\*|\*|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '/**') return '/.*';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  const start = isAnchored ? '^' : '^(?:.*/)?';
  // `docs/*` means the files of the folder and not those below it; every other pattern means whole folders as well.
  const end = pattern.endsWith('/') ? '/.*$' : pattern.endsWith('/*') ? '$' : '(?:/.*)?$';
  return new RegExp(start + body + end);
}

function repositoryOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return root;
  }
}
