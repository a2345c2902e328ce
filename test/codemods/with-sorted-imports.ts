import type { Files } from './in-memory-project.js';

/**
 * The order of imports, and of the names in one, depends on the order of the steps; and so does whether a line was too
 * long for a while and is broken.
 */
export function withSortedImports(files: Files): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...files].map(([path, text]) => {
      const lines = text.split('\n');
      const isImport = (line: string): boolean => line.startsWith('import ');
      const sorted = lines
        .filter(isImport)
        .map((line) =>
          line.replace(/\{(.*)\}/, (_all, names: string) => `{${names.split(',').sort().join()}}`),
        )
        .sort();
      const code = lines.filter((line) => !isImport(line)).join('\n');
      const joined = code
        .replace(/\s+/g, ' ')
        .replace(/ ?([()]) ?/g, '$1')
        .replace(/,(?=\)| [\]}])/g, '');
      return [path, [...sorted, joined].join('\n')];
    }),
  );
}
