import { wordPattern } from '../word-pattern.js';
import { Importers, type ImportersInput } from './importers.js';
import type { ModuleFacts } from './module-facts.js';
import { ModuleTaint } from './module-taint.js';

/** What finding the files in reach asks about a project. */
export interface ReachInput extends ImportersInput {
  /** Reads modules together; `undefined` for those whose names cannot be followed. */
  readonly readFacts: (paths: readonly string[]) => ReadonlyMap<string, ModuleFacts | undefined>;
  /** Names of what is looked for. */
  readonly names: readonly string[];
  /** So many files are too many: reading everything then costs less. */
  readonly limit: number;
}

export interface Reach {
  /** The files, with the names in each that lead there and that no other file can mean. */
  readonly files: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every name that leads to what was looked for. */
  readonly names: ReadonlySet<string>;
}

/**
 * The files in which an expression may have a type that has to do with certain names. A type comes to a file by a name:
 * of the type itself, or of something whose declaration leads to it. So the names are followed from declaration to
 * declaration, whatever modules they are in, until nothing is new. `undefined` where that cannot be done, or is not
 * worth it: then any file may be one.
 */
export function filesInReach(input: ReachInput): Reach | undefined {
  const { paths, textOf, limit } = input;
  const within = new Map<string, ModuleTaint>();
  const words = new Set(input.names);
  const modules = new Set<string>();
  const rest = new Set(paths);
  const importers = new Importers(input);
  let newWords: readonly string[] = [...words];
  let newModules: readonly string[] = [];
  while (newWords.length > 0 || newModules.length > 0) {
    const pattern = wordPattern(newWords);
    const found = [...rest].filter((path) => pattern.test(textOf(path)));
    for (const path of newModules.flatMap((one) => importers.of(one))) if (rest.has(path)) found.push(path);
    const fresh = [...new Set(found)];
    if (within.size + fresh.length > limit) return undefined;
    const facts = input.readFacts(fresh);
    for (const path of fresh) {
      const known = facts.get(path);
      if (known === undefined) return undefined;
      rest.delete(path);
      within.set(path, new ModuleTaint(path, known, input.resolve));
    }
    const [wordsBefore, modulesBefore] = [new Set(words), new Set(modules)];
    if (!spread(within, words, modules)) return undefined;
    newWords = [...words].filter((word) => !wordsBefore.has(word));
    newModules = [...modules].filter((module) => !modulesBefore.has(module));
  }
  const files = new Map([...within].map(([path, module]) => [path, module.local]));
  return { files, names: words };
}

/** Settles all modules until nothing is new; false where a name is tainted for everybody, imported or not. */
function spread(within: ReadonlyMap<string, ModuleTaint>, words: Set<string>, modules: Set<string>): boolean {
  for (let before = -1; before !== words.size + modules.size;) {
    before = words.size + modules.size;
    for (const module of within.values()) {
      if (!module.settle(words, modules)) return false;
    }
  }
  return true;
}
