import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { ExportedName, PublishedName } from './template.js';

/** What a package gives out under which specifier, read off its `exports`. */
export class PublishedNames {
  readonly #bySymbol = new Map<ts.Symbol, PublishedName>();

  /**
   * @param sourceOf The source file that an emitted file was made of.
   */
  constructor(
    private readonly checker: Checker,
    private readonly program: ts.Program,
    manifest: PackageManifest,
    sourceOf: (emittedPath: string) => string | undefined,
  ) {
    for (const { specifier, targets } of entriesOf(manifest)) {
      const source = targets.map(sourceOf).find((path) => path !== undefined);
      for (const symbol of this.#exportsOf(source)) {
        const target = this.#targetOf(symbol);
        // The first entry that has a name is the one to import it from: the package's own before its subpaths.
        if (!this.#bySymbol.has(target)) this.#bySymbol.set(target, { specifier, name: symbol.name });
      }
    }
  }

  /** How code of other packages imports a name; `undefined` when it cannot. */
  find({ name, module, specifier }: ExportedName): PublishedName | undefined {
    // What the facade takes from another package its callers take from there as well.
    if (specifier !== undefined && !specifier.startsWith('.')) return { specifier, name };
    const symbol = this.#exportsOf(module).find((one) => one.name === name);
    return symbol && this.#bySymbol.get(this.#targetOf(symbol));
  }

  #exportsOf(path: string | undefined): readonly ts.Symbol[] {
    const file = path === undefined ? undefined : this.program.getSourceFile(path);
    const module = file && this.checker.getSymbolAtLocation(file);
    return module === undefined ? [] : this.checker.getExportsOfModule(module);
  }

  #targetOf(symbol: ts.Symbol): ts.Symbol {
    return (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? this.checker.getAliasedSymbol(symbol) : symbol;
  }
}

/** What of a `package.json` says how the package is imported. */
export interface PackageManifest {
  readonly name?: string;
  readonly main?: string;
  readonly types?: string;
  readonly exports?: unknown;
}

interface Entry {
  readonly specifier: string;
  /** The files that the entry may lead to, in the order of its conditions. */
  readonly targets: readonly string[];
}

function entriesOf({ name = '', main, types, exports }: PackageManifest): readonly Entry[] {
  if (exports === undefined || exports === null) {
    return [{ specifier: name, targets: [types, main].filter((path) => path !== undefined) }];
  }
  const isByPath = typeof exports === 'object' && Object.keys(exports).every((key) => key.startsWith('.'));
  const entries = isByPath ? Object.entries(exports) : [['.', exports] as const];
  return entries
    .filter(([path]) => !path.includes('*'))
    .map(([path, target]) => ({
      specifier: path === '.' ? name : `${name}/${path.slice(2)}`,
      targets: targetsIn(target),
    }))
    .sort((left, right) => Number(right.specifier === name) - Number(left.specifier === name));
}

function targetsIn(target: unknown): readonly string[] {
  if (typeof target === 'string') return [target];
  return typeof target === 'object' && target !== null ? Object.values(target).flatMap(targetsIn) : [];
}
