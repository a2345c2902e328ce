import type { ModuleFacts, Passed, Unit } from './module-facts.js';
import type { TypeMentions } from './type-mentions.js';

/** Which names of one module lead to what is looked for. */
export class ModuleTaint {
  readonly #local = new Set<string>();
  #clean: readonly Unit[];

  constructor(
    private readonly path: string,
    private readonly facts: ModuleFacts,
    private readonly resolve: (specifier: string, from: string) => string | undefined,
  ) {
    this.#clean = facts.units;
  }

  /** The names of its own, and those that it imports others under. */
  get local(): ReadonlySet<string> {
    return this.#local;
  }

  /** Takes in the names and modules that are known, and adds what follows. False where it is declared for everybody. */
  settle(words: Set<string>, modules: Set<string>): boolean {
    const { imports, exports, everywhere } = this.facts;
    for (const one of imports) if (this.#isTainted(one, words, modules)) this.#local.add(one.local);
    for (let before = -1; before !== this.#clean.length;) {
      before = this.#clean.length;
      this.#clean = this.#clean.filter((unit) => {
        if (!this.#mentions(unit.mentions, words, modules)) return true;
        for (const name of unit.names) this.#local.add(name);
        if (unit.exported === 'as-default') this.#export(['default'], words, modules);
        if (unit.exported === 'by-name') this.#export(unit.names, words, modules);
        return false;
      });
    }
    for (const one of exports) {
      if (!this.#isTainted(one, words, modules)) continue;
      if (one.local === '*') modules.add(this.path);
      else this.#export([one.local], words, modules);
    }
    return !everywhere.some((mentions) => this.#mentions(mentions, words, modules));
  }

  #export(names: readonly string[], words: Set<string>, modules: Set<string>): void {
    modules.add(this.path);
    for (const name of names) if (name !== 'default') words.add(name);
  }

  #mentions(
    { names, modules: loaded }: TypeMentions,
    words: ReadonlySet<string>,
    modules: Set<string>,
  ): boolean {
    for (const name of names) if (words.has(name) || this.#local.has(name)) return true;
    return loaded.some((specifier) => this.#leadsTo(specifier, modules));
  }

  #isTainted({ specifier, imported }: Passed, words: ReadonlySet<string>, modules: Set<string>): boolean {
    if (specifier === undefined) return words.has(imported) || this.#local.has(imported);
    // The default export of a module that has none may be the module as a whole.
    if (imported === '*' || imported === 'default') return this.#leadsTo(specifier, modules);
    return words.has(imported);
  }

  #leadsTo(specifier: string, tainted: ReadonlySet<string>): boolean {
    const target = this.resolve(specifier, this.path);
    return target !== undefined && tainted.has(target);
  }
}
