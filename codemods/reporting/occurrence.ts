import { ts } from 'ts-morph';
import { innermostNode } from '../engine/innermost-node.js';
import type { MigrationPlan } from '../engine/plan-migration.js';
import type { Reason } from '../engine/reasons.js';
import type { Use } from '../engine/resolve/carrier.js';
import type { SourceTypes } from '../engine/resolve/source-types.js';
import { isTestFile } from '../engine/resolve/test-file.js';
import { occurrenceOutsideCode, ownerOfDeclaration, type Occurrence } from './occurrence-kinds.js';

/** Tells what the occurrences of names are, after the plan of a migration. */
export class OccurrenceReader {
  readonly #fates = new Map<ts.Node, Occurrence>();

  constructor(
    private readonly types: SourceTypes,
    plan: MigrationPlan,
    private readonly root: string,
  ) {
    const { resolution, decisions } = plan;
    for (const { carrier, node, cause } of resolution.obstacles) {
      if (decisions.get(carrier)?.kind === 'stays') this.#fates.set(node, left(cause.reason));
    }
    for (const use of resolution.uses) this.#fates.set(use.node, fateOf(use, plan));
    for (const carrier of resolution.carriers) {
      const moves = decisions.get(carrier)?.kind === 'moves';
      for (const { node } of carrier.double?.members ?? []) {
        this.#fates.set(node, moves ? { kind: 'rewritten' } : left('test-double'));
      }
    }
  }

  read(file: ts.SourceFile, position: number, name: string): Occurrence {
    const node = innermostNode(file, position);
    const outside = occurrenceOutsideCode(node, name);
    if (outside !== undefined)
      return (ts.isStringLiteralLike(node) ? this.#fateAround(node) : undefined) ?? outside;
    if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) return { kind: 'comment' };
    return this.#fateAround(node) ?? this.#partOfSource(node) ?? this.#foreign(node);
  }

  /** The fate of the use that an identifier or a string belongs to: `runner.killTask(…)`, `const { killTask } = runner`. */
  #fateAround(node: ts.Node): Occurrence | undefined {
    const access = node.parent;
    const own = this.#fates.get(access) ?? this.#fates.get(node);
    if (own !== undefined) return own;
    if (ts.isPropertyAccessExpression(access) || ts.isElementAccessExpression(access)) {
      if (ts.isPropertyAccessExpression(access) && access.name !== node) return undefined;
      let outer: ts.Node = access;
      while (ts.isParenthesizedExpression(outer.parent) || ts.isNonNullExpression(outer.parent))
        outer = outer.parent;
      const call = outer.parent;
      const fate = ts.isCallExpression(call) && call.expression === outer ? this.#fates.get(call) : undefined;
      return fate ?? this.#fates.get(outer);
    }
    if (ts.isBindingElement(access)) {
      const declaration = access.parent.parent;
      const { initializer } = declaration;
      return this.#fates.get(declaration) ?? (initializer && this.#fates.get(initializer));
    }
    return undefined;
  }

  /** A member of the source itself: on a value that holds it, in a class or object that implements it, in a type. */
  #partOfSource(node: ts.Identifier | ts.PrivateIdentifier): Occurrence | undefined {
    const { checker } = this.types;
    const symbol = checker.getSymbolAtLocation(node);
    if (symbol !== undefined && this.types.isSourceMember(symbol)) return left('implements-source');
    const holder = node.parent.parent as ts.Node | undefined;
    if (holder === undefined) return undefined;
    const kind: Reason = isTestFile(node.getSourceFile()) ? 'test-double' : 'implements-source';
    if (ts.isObjectLiteralExpression(holder)) {
      const target = checker.getContextualType(holder);
      return target !== undefined && this.types.isSource(target) ? left(kind) : undefined;
    }
    if (!ts.isClassLike(holder)) return undefined;
    const bases = (holder.heritageClauses ?? []).flatMap(({ types }) => types);
    return bases.some((base) => this.types.isSource(checker.getTypeAtLocation(base)))
      ? left(kind)
      : undefined;
  }

  #foreign(node: ts.Identifier | ts.PrivateIdentifier): Occurrence {
    const { checker } = this.types;
    const access = node.parent;
    const symbol = checker.getSymbolAtLocation(node);
    if (symbol === undefined) {
      const isMember = ts.isPropertyAccessExpression(access) && access.name === node;
      return isMember ? { kind: 'untyped' } : { kind: 'unrelated', owner: 'a name without a declaration' };
    }
    return { kind: 'unrelated', owner: this.#ownerOf(symbol) };
  }

  /** Whose a symbol is: the class, interface or object that declares it, else its module. */
  #ownerOf(symbol: ts.Symbol): string {
    const target =
      (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? this.types.checker.getAliasedSymbol(symbol) : symbol;
    const declaration = (target.declarations ?? symbol.declarations)?.[0];
    if (declaration === undefined) return 'a computed type';
    return ownerOfDeclaration(declaration, this.root);
  }
}

function fateOf(use: Use, { decisions, projected }: MigrationPlan): Occurrence {
  const { carrier, action } = use;
  if (projected.has(use)) return { kind: 'rewritten' };
  if (action.kind === 'left') return left(action.cause.reason);
  const decision = carrier && decisions.get(carrier);
  return decision?.kind === 'stays' ? left('blocked-by') : { kind: 'rewritten' };
}

function left(reason: Reason): Occurrence {
  return { kind: 'left', reason };
}
