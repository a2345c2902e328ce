import { dirname, join, relative } from 'node:path/posix';
import ts from 'typescript';
import type { Pair } from './pairs.js';

/**
 * The text of a file at its new place. Only relative specifiers change: those that lead to a file which moves as well
 * lead to where it moves, all others to where they led.
 */
export function relocate(text: string, { from, to }: Pair, pairs: readonly Pair[]): string {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .sort((left, right) => right.pos - left.pos)
    .reduce((moved, { fileName, pos, end }) => {
      const specifier = rebase(fileName, { from, to }, pairs);
      // The range of a specifier begins at its opening quote.
      return moved.slice(0, pos + 1) + specifier + moved.slice(end + 1);
    }, text);
}

function rebase(specifier: string, { from, to }: Pair, pairs: readonly Pair[]): string {
  const leadsTo = join(dirname(from), specifier);
  const moving = pairs.find((pair) => withJs(pair.from) === leadsTo);
  const rebased = relative(dirname(to), moving === undefined ? leadsTo : withJs(moving.to));
  return rebased.startsWith('.') ? rebased : `./${rebased}`;
}

/** A source as an import names it. */
const withJs = (path: string): string => path.replace(/\.ts$/, '.js');
