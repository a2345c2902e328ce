import type { ts } from 'ts-morph';
import type { Reach } from './files-in-reach.js';

const words = /[\p{ID_Continue}$]+/gu;

/** Finds, in the files in reach, the statements that may have to do with what was looked for. */
export class CodeInReach {
  readonly #known = new WeakMap<ts.SourceFile, readonly ts.Node[]>();
  readonly #names: ReadonlySet<string>;

  /** `members`: names that say something wherever they are. */
  constructor(
    private readonly reach: Reach,
    members: Iterable<string>,
  ) {
    // What a module is loaded by may lead anywhere.
    this.#names = new Set([...reach.names, ...members, 'import', 'require']);
  }

  /** The statements of the top level in which a name leads to what was looked for; the whole file where nobody knows. */
  of(file: ts.SourceFile): readonly ts.Node[] {
    const local = this.reach.files.get(file.fileName);
    if (local === undefined) return [file];
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    const found = file.statements.filter((statement) => {
      const mentioned = file.text.slice(statement.pos, statement.end).match(words) ?? [];
      return mentioned.some((word) => this.#names.has(word) || local.has(word));
    });
    this.#known.set(file, found);
    return found;
  }
}
