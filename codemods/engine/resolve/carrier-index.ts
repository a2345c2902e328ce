import { ts } from 'ts-morph';
import type { Carrier } from './carrier.js';
import { withoutWrappers } from './transparent.js';
import type { SourceTypes } from './source-types.js';

/** Finds the carriers that a piece of code is about. */
export class CarrierIndex {
  readonly #byDeclaration: ReadonlyMap<ts.Node, Carrier>;
  readonly #names: ReadonlySet<string>;

  constructor(
    readonly types: SourceTypes,
    readonly carriers: readonly Carrier[],
  ) {
    this.#byDeclaration = new Map(carriers.map((carrier) => [carrier.declaration, carrier]));
    this.#names = new Set(carriers.map(({ name }) => name));
  }

  get names(): ReadonlySet<string> {
    return this.#names;
  }

  byDeclaration(node: ts.Node): Carrier | undefined {
    return this.#byDeclaration.get(node);
  }

  /** The carriers that declare a symbol: several where it comes from a union or an intersection of types. */
  ofSymbol(symbol: ts.Symbol | undefined): readonly Carrier[] {
    if (symbol === undefined) return [];
    const { checker } = this.types;
    const target = (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
    return (target.declarations ?? []).flatMap((declaration) => this.#byDeclaration.get(declaration) ?? []);
  }

  /** The carriers that a type's property is declared by. */
  ofProperty(type: ts.Type | undefined, name: string): readonly Carrier[] {
    if (type === undefined || !this.#names.has(name)) return [];
    return this.ofSymbol(this.types.checker.getNonNullableType(type).getProperty(name));
  }

  /** The carrier that an expression reads, looking through wrappers: `runner`, `this.runner`, `deps.runner!`. */
  read(node: ts.Expression): Carrier | undefined {
    const bare = withoutWrappers(node);
    if (ts.isIdentifier(bare) && this.#names.has(bare.text)) {
      return this.ofSymbol(this.types.checker.getSymbolAtLocation(bare))[0];
    }
    if (ts.isPropertyAccessExpression(bare) && this.#names.has(bare.name.text)) {
      return this.ofSymbol(this.types.checker.getSymbolAtLocation(bare.name))[0];
    }
    return undefined;
  }

  /** The carrier of a shorthand property's value. */
  readShorthand(node: ts.ShorthandPropertyAssignment): Carrier | undefined {
    if (!this.#names.has(node.name.text)) return undefined;
    return this.ofSymbol(this.types.checker.getShorthandAssignmentValueSymbol(node))[0];
  }
}
