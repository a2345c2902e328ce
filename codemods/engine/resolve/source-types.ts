import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import { findMethod } from '../facade/facade-model.js';
import type { Facade } from '../facade/facade.js';
import { slotTypeOf } from '../facade/slot-type.js';
import { CodeInReach } from '../reach/code-in-reach.js';
import type { Reach } from '../reach/files-in-reach.js';
import { holdsSources } from './collection-types.js';

/** Answers what has to do with the source interface, by the identity of declarations and never by names. */
export class SourceTypes {
  readonly #members: ReadonlySet<string>;
  readonly #code: CodeInReach | undefined;
  readonly #collections = new Map<ts.Type, boolean>();

  constructor(
    readonly checker: Checker,
    readonly facade: Facade,
    reach?: Reach,
  ) {
    this.#members = new Set(facade.model.methods.map(({ name }) => name));
    this.#code = reach && new CodeInReach(reach, this.#members);
  }

  /** Names of the source's members. */
  get members(): ReadonlySet<string> {
    return this.#members;
  }

  /** The parts of a file in which there may be something of the source's type. */
  codeOf(file: ts.SourceFile): readonly ts.Node[] {
    return this.#code?.of(file) ?? [file];
  }

  /** Whether a type is the source or the facade's class, apart from `undefined` and `null`. */
  isSource(type: ts.Type): boolean {
    const bare = this.checker.getNonNullableType(type);
    const declarations = (bare.symbol as ts.Symbol | undefined)?.declarations;
    const { sourceDeclaration, facadeDeclaration } = this.facade;
    // The class itself as a value has the same symbol; only its instances are source-typed.
    const isClassValue = (bare.flags & ts.TypeFlags.Object) !== 0 && bare.getConstructSignatures().length > 0;
    return (
      !isClassValue &&
      !bare.isUnion() &&
      declarations?.some((one) => one === sourceDeclaration || one === facadeDeclaration) === true
    );
  }

  /** Whether a type holds sources in lists, maps or promises, at any depth. */
  isCollection(type: ts.Type): boolean {
    const known = this.#collections.get(type);
    if (known !== undefined) return known;
    const answer = holdsSources(type, this);
    this.#collections.set(type, answer);
    return answer;
  }

  /** Whether a value of another type may stand for a source: of a class that implements it, of a double. */
  isAssignable(type: ts.Type): boolean {
    const { sourceDeclaration } = this.facade;
    return (
      (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.Union)) !== 0 &&
      this.checker.isTypeAssignableTo(type, this.checker.getTypeAtLocation(sourceDeclaration))
    );
  }

  /**
   * The slot of a `Pick` of the source's methods, where each of them is that facet's own under the same name: whatever
   * fits the one type then fits the other.
   */
  pickedSlot(type: ts.Type): number | undefined {
    const bare = this.checker.getNonNullableType(type);
    const [picked] = bare.aliasTypeArguments ?? [];
    if (bare.aliasSymbol?.name !== 'Pick' || picked === undefined || !this.isSource(picked)) return undefined;
    const slots = bare.getProperties().map(({ name }) => {
      const identity = findMethod(this.facade.model, name)?.identity;
      return identity?.method === name ? identity.slot : undefined;
    });
    const [first] = slots;
    return slots.every((slot) => slot === first) ? first : undefined;
  }

  /** The name of the source or the facade in a type, or of an alias of nothing but it. */
  isSourceName(node: ts.Identifier): boolean {
    const { sourceDeclaration, facadeDeclaration } = this.facade;
    return this.declarationsOf(node).some((declaration) => {
      if (declaration === sourceDeclaration || declaration === facadeDeclaration) return true;
      const alias = ts.isTypeAliasDeclaration(declaration) ? declaration : undefined;
      return (
        alias !== undefined &&
        alias.typeParameters === undefined &&
        ts.isTypeReferenceNode(alias.type) &&
        ts.isIdentifier(alias.type.typeName) &&
        alias.type.typeName.text !== node.text &&
        this.isSourceName(alias.type.typeName)
      );
    });
  }

  /** The name of the source in a type that says where it is from: `legacy.Runner`, `import('legacy').Runner`. */
  isQualifiedSource(node: ts.Node): node is ts.QualifiedName | ts.ImportTypeNode {
    if (ts.isQualifiedName(node)) return this.isSourceName(node.right);
    if (!ts.isImportTypeNode(node) || node.isTypeOf || node.qualifier === undefined) return false;
    const { qualifier } = node;
    return this.isSourceName(ts.isIdentifier(qualifier) ? qualifier : qualifier.right);
  }

  isFacadeInstance(type: ts.Type): boolean {
    const symbol = this.checker.getNonNullableType(type).symbol as ts.Symbol | undefined;
    return this.isSource(type) && symbol?.declarations?.includes(this.facade.facadeDeclaration) === true;
  }

  /** What a facet promises, where the facade says so. */
  facetMembers(slot: number): readonly ts.Symbol[] | undefined {
    const { model, facadeDeclaration } = this.facade;
    const origin = model.slots[slot]?.origin;
    return origin && slotTypeOf(this.checker, facadeDeclaration, origin)?.getProperties();
  }

  isNullable(type: ts.Type): boolean {
    return this.checker.getNonNullableType(type) !== type;
  }

  /** Whether a member is declared by the source or by the facade's class. */
  isSourceMember(symbol: ts.Symbol): boolean {
    const { sourceDeclaration, facadeDeclaration } = this.facade;
    return (
      symbol.declarations?.some(
        ({ parent }) => parent === sourceDeclaration || parent === facadeDeclaration,
      ) === true
    );
  }

  /** Whether a type names the source somewhere inside: `Runner[]`, `Promise<Runner>`, `() => Runner`. */
  declarationsOf(node: ts.Node): readonly ts.Declaration[] {
    const found = this.checker.getSymbolAtLocation(node);
    if (found === undefined) return [];
    const symbol = (found.flags & ts.SymbolFlags.Alias) !== 0 ? this.checker.getAliasedSymbol(found) : found;
    return symbol.declarations ?? [];
  }

  /** Whether a call is a call of the way back. */
  isWayBackCall(node: ts.Node): node is ts.CallExpression {
    const { wayBackDeclaration } = this.facade;
    return (
      ts.isCallExpression(node) &&
      wayBackDeclaration !== undefined &&
      node.arguments.length === 1 &&
      this.declarationsOf(
        ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression,
      ).includes(wayBackDeclaration)
    );
  }
}
