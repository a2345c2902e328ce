/** What finding importers asks about a project. */
export interface ImportersInput {
  readonly paths: readonly string[];
  readonly textOf: (path: string) => string;
  /** The file of the project that a specifier means. */
  readonly resolve: (specifier: string, from: string) => string | undefined;
}

/** Matches files that may take a module as a whole, its default export, or pass on all that it has. */
const takesWholes = /\bimport\b(?!\s*(?:type\s*)?[{'"])|\brequire\b|\bexport\s*(?:type\s*)?\*|\bdefault\b/;

const specifiers = /\b(?:from|import|require)\s*\(?\s*(['"`])((?:(?!\1)[^\n\\])+)\1/g;

/** Every specifier that a text may import, with some that only look like one. */
export function specifiersIn(text: string): readonly string[] {
  return [...text.matchAll(specifiers)].map(([, , specifier = '']) => specifier);
}

/** Who imports a module in a way in which names say nothing; found out when it is first asked. */
export class Importers {
  #known: Map<string, string[]> | undefined;

  constructor(private readonly input: ImportersInput) {}

  of(module: string): readonly string[] {
    this.#known ??= this.#find();
    return this.#known.get(module) ?? [];
  }

  #find(): Map<string, string[]> {
    const { paths, textOf, resolve } = this.input;
    const found = new Map<string, string[]>();
    for (const path of paths) {
      const text = textOf(path);
      if (!takesWholes.test(text)) continue;
      for (const specifier of new Set(specifiersIn(text))) {
        const target = resolve(specifier, path);
        if (target === undefined) continue;
        const known = found.get(target) ?? [];
        known.push(path);
        found.set(target, known);
      }
    }
    return found;
  }
}
