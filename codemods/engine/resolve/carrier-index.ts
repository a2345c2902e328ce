import { ts } from 'ts-morph';
import type { Carrier } from './carrier.js';
import { readElements } from './element-read.js';
import { withoutWrappers } from './transparent.js';
import type { SourceTypes } from './source-types.js';

/** Finds the carriers that a piece of code is about. */
export class CarrierIndex {
  readonly #byDeclaration: ReadonlyMap<ts.Node, Carrier>;
  readonly #names: ReadonlySet<string>;
  readonly #byTypeUse: ReadonlyMap<ts.Node, Carrier>;
  readonly #functions: ReadonlyMap<ts.Node, Carrier>;
  readonly #functionNames: ReadonlySet<string>;
  readonly #hasCollections: boolean;

  constructor(
    readonly types: SourceTypes,
    readonly carriers: readonly Carrier[],
  ) {
    this.#hasCollections = carriers.some(({ isCollection }) => isCollection === true);
    // An accessor is read by its name like a property; a function is read by being called.
    const functions = carriers.filter(isFunction);
    const members = carriers.filter((carrier) => !isFunction(carrier) && carrier.typeUse === undefined);
    this.#byTypeUse = new Map(
      carriers
        .filter(({ typeUse }) => typeUse !== undefined)
        .map((carrier) => [carrier.declaration, carrier]),
    );
    this.#byDeclaration = new Map(members.map((carrier) => [carrier.declaration, carrier]));
    this.#names = new Set(members.map(({ name }) => name));
    this.#functions = new Map(functions.map((carrier) => [carrier.declaration, carrier]));
    this.#functionNames = new Set(functions.map(({ name }) => name));
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

  /**
   * The carrier that an expression reads, looking through wrappers: `runner`, `this.runner`, `deps.runner!`, and the
   * collection that it takes an element from: `runners[0]`.
   */
  read(node: ts.Expression): Carrier | undefined {
    const bare = withoutWrappers(node);
    return this.#readWhole(bare) ?? (this.#hasCollections ? readElements(bare, this) : undefined);
  }

  #readWhole(bare: ts.Expression): Carrier | undefined {
    if (ts.isIdentifier(bare) && this.#names.has(bare.text)) {
      return this.ofSymbol(this.types.checker.getSymbolAtLocation(bare))[0];
    }
    if (ts.isPropertyAccessExpression(bare) && this.#names.has(bare.name.text)) {
      return this.ofSymbol(this.types.checker.getSymbolAtLocation(bare.name))[0];
    }
    if (ts.isElementAccessExpression(bare) && ts.isStringLiteralLike(bare.argumentExpression)) {
      const { expression, argumentExpression } = bare;
      if (!this.#names.has(argumentExpression.text)) return undefined;
      return this.ofProperty(this.types.checker.getTypeAtLocation(expression), argumentExpression.text)[0];
    }
    if (ts.isCallExpression(bare)) return this.called(bare, 'value');
    if (ts.isAwaitExpression(bare)) {
      const call = withoutWrappers(bare.expression);
      return ts.isCallExpression(call) ? this.called(call, 'promise') : undefined;
    }
    return undefined;
  }

  /** The carrier that an expression promises: `createRunner()` where it is asynchronous. */
  readPromise(node: ts.Expression): Carrier | undefined {
    const bare = withoutWrappers(node);
    return ts.isCallExpression(bare) ? this.called(bare, 'promise') : undefined;
  }

  /** A type of a method that becomes the facet's. */
  byTypeUse(node: ts.Node): Carrier | undefined {
    return this.#byTypeUse.get(node);
  }

  /** What a function of the project gives. */
  returnOf(node: ts.Node): Carrier | undefined {
    return this.#functions.get(node);
  }

  /** What the function gives that a call is of. */
  called(call: ts.CallExpression, returns: 'value' | 'promise'): Carrier | undefined {
    const callee = withoutWrappers(call.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
    if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return undefined;
    const isKnown = this.#functionNames.has(name.text) || this.#isRenamedImport(name);
    const declaration = isKnown ? this.types.checker.getResolvedSignature(call)?.declaration : undefined;
    const carrier = declaration && this.#functions.get(declaration);
    return carrier?.returns === returns ? carrier : undefined;
  }

  /** A function may have another name where it is imported. */
  #isRenamedImport(name: ts.Identifier | ts.PrivateIdentifier): boolean {
    return (
      ts.isIdentifier(name) &&
      this.#functions.size > 0 &&
      this.types.declarationsOf(name).some((one) => this.#functions.has(functionOf(one)))
    );
  }

  /** The carrier of a shorthand property's value. */
  readShorthand(node: ts.ShorthandPropertyAssignment): Carrier | undefined {
    if (!this.#names.has(node.name.text)) return undefined;
    return this.ofSymbol(this.types.checker.getShorthandAssignmentValueSymbol(node))[0];
  }
}

/** Whether a carrier is what a function gives that is called. */
function isFunction({ returns, declaration }: Carrier): boolean {
  return returns !== undefined && !ts.isGetAccessorDeclaration(declaration);
}

/** The function that a constant holds. */
function functionOf(declaration: ts.Node): ts.Node {
  const isHeld = ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined;
  return isHeld ? declaration.initializer : declaration;
}
