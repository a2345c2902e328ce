import { ts } from 'ts-morph';
import type { Reason } from '../reasons.js';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, ElementType, FlowSite } from './carrier.js';
import { isContainer, namesSource } from './collection-types.js';
import { callbackOf, functionsNamed, isCallback, isMapping, nameOf } from './collection-callback.js';
import { isChoice, isGivingFunction } from './element-read.js';
import { returnedBy } from './may-be-facade.js';
import { withoutWrappers } from './transparent.js';

/** Is told what goes into a collection, and what cannot be followed. */
export interface CollectionHandlers {
  flow(target: Carrier, site: FlowSite, expression: ts.Expression, from?: Carrier): void;
  obstruct(carrier: Carrier, node: ts.Node, reason: Reason): void;
}

/** Methods that put their arguments into a collection. */
const takingMethods: ReadonlySet<string> = new Set([
  ...['push', 'unshift', 'set', 'add', 'fill', 'concat', 'splice', 'with'],
]);

/**
 * Follows sources into collections and out of them. All of a collection, what it is made from, and the names that its
 * elements get are one thing: they get one decision, and one facet at most. What goes in and what comes out stay in one
 * file, as each asks for the other.
 */
export class CollectionFlows {
  readonly unions: (readonly [Carrier, Carrier])[] = [];
  readonly elementTypes: ElementType[] = [];
  /** Expressions that are accounted for as a whole. */
  readonly followed = new Set<ts.Node>();
  /** Declarations that get their values from a collection: loop variables, parameters of callbacks, elements of patterns. */
  readonly bound = new Set<ts.Node>();
  /** Functions that a collection calls, where they are written or named. */
  readonly callbacks = new Map<ts.Node, Set<Carrier>>();

  constructor(
    private readonly index: CarrierIndex,
    private readonly handlers: CollectionHandlers,
  ) {}

  /** What an expression holds goes to a collection, or to what an element is called. */
  give(expression: ts.Expression, target: Carrier, from?: Carrier): void {
    this.#noteAssertions(expression, target);
    const node = withoutWrappers(expression);
    if (isNothing(node)) return;
    const { types } = this.index;
    const { checker } = types;
    const type = checker.getTypeAtLocation(node);
    if (this.#isElement(expression, type)) {
      this.followed.add(node);
      this.handlers.flow(target, 'element', expression, from);
      return;
    }
    const isUntyped = (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
    const isOther = !isUntyped && !types.isCollection(type) && !isMadeHere(node);
    // A key, a setting, whatever else stands beside a source in a tuple.
    if (isOther && !checker.isArrayLikeType(type) && !isContainer(type)) return;
    this.followed.add(node);
    const origin =
      from ??
      this.index.read(node) ??
      (ts.isCallExpression(node) ? this.index.called(node, 'promise') : undefined);
    if (origin !== undefined) this.#unite(origin, target, expression);
    else this.#giveParts(node, target);
  }

  /** A source, by its own type or by that of the place that it goes to; a double may have a type of its own. */
  #isElement(expression: ts.Expression, type: ts.Type): boolean {
    const { types } = this.index;
    const isUntyped = (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
    return (
      types.isSource(type) ||
      types.isSource(types.checker.getTypeAtLocation(expression)) ||
      (!isUntyped && types.isAssignable(type))
    );
  }

  #unite(origin: Carrier, target: Carrier, expression: ts.Expression): void {
    if (origin === target) return;
    if (origin.isCollection !== true && origin.returns !== 'promise') {
      this.handlers.obstruct(target, expression, 'collection-of-source');
      return;
    }
    this.unions.push([origin, target]);
    this.handlers.flow(target, 'each', expression, origin);
  }

  #giveParts(node: ts.Expression, target: Carrier): void {
    if (ts.isArrayLiteralExpression(node)) {
      for (const element of node.elements)
        this.give(ts.isSpreadElement(element) ? element.expression : element, target);
    } else if (ts.isObjectLiteralExpression(node)) this.#giveMembers(node, target);
    else if (ts.isConditionalExpression(node)) {
      this.give(node.whenTrue, target);
      this.give(node.whenFalse, target);
    } else if (ts.isBinaryExpression(node) && isChoice(node.operatorToken.kind)) {
      this.give(node.left, target);
      this.give(node.right, target);
    } else if (ts.isAwaitExpression(node)) this.give(node.expression, target);
    else if (ts.isNewExpression(node)) this.#giveNew(node, target);
    else if (ts.isCallExpression(node)) this.#giveCall(node, target);
    else this.handlers.obstruct(target, node, 'collection-of-source');
  }

  #giveMembers(node: ts.ObjectLiteralExpression, target: Carrier): void {
    for (const member of node.properties) {
      if (ts.isPropertyAssignment(member)) this.give(member.initializer, target);
      else if (ts.isShorthandPropertyAssignment(member))
        this.give(member.name, target, this.index.readShorthand(member));
      else if (ts.isSpreadAssignment(member)) this.give(member.expression, target);
      else this.handlers.obstruct(target, member, 'collection-of-source');
    }
  }

  #giveNew(node: ts.NewExpression, target: Carrier): void {
    if (!['Map', 'Set', 'Array'].includes(node.expression.getText())) {
      this.handlers.obstruct(target, node, 'collection-of-source');
      return;
    }
    this.#noteTypes(node.typeArguments ?? [], target);
    for (const argument of node.arguments ?? [])
      this.give(ts.isSpreadElement(argument) ? argument.expression : argument, target);
  }

  #giveCall(node: ts.CallExpression, target: Carrier): void {
    const callee = withoutWrappers(node.expression);
    const [first, second] = node.arguments;
    const callback = callbackOf(node);
    if (!ts.isPropertyAccessExpression(callee)) {
      this.handlers.obstruct(target, node, 'collection-of-source');
    } else if (callback !== undefined && (isMapping(callee.name.text) || second === callback)) {
      this.#noteTypes(node.typeArguments ?? [], target);
      this.#giveOutcome(callback, target);
    } else if (isGivingFunction(callee) && first !== undefined && node.arguments.length === 1) {
      this.#noteTypes(node.typeArguments ?? [], target);
      this.give(first, target);
    } else if (['filter', 'slice', 'concat', 'reverse', 'sort'].includes(callee.name.text)) {
      this.give(callee.expression, target);
      if (callee.name.text === 'concat') for (const argument of node.arguments) this.give(argument, target);
    } else this.handlers.obstruct(target, node, 'collection-of-source');
  }

  /** What a callback gives goes on; a function of the project gives what it is declared to. */
  #giveOutcome(callback: ts.Expression, target: Carrier): void {
    const bare = withoutWrappers(callback);
    if (isCallback(bare)) {
      if (bare.type !== undefined) this.#noteTypes([bare.type], target);
      const outcomes = ts.isBlock(bare.body) ? returnedBy(bare.body) : [bare.body];
      for (const outcome of outcomes) this.give(outcome, target);
      return;
    }
    const given = functionsNamed(bare, this.index.types).flatMap((one) => this.index.returnOf(one) ?? []);
    for (const carrier of given) {
      this.unions.push([carrier, target]);
      this.#note(nameOf(bare), carrier);
    }
    if (given.length === 0) this.handlers.obstruct(target, callback, 'collection-of-source');
  }

  /** `for (const runner of runners)`, `for (const [name, runner] of byName)`. */
  visitLoop({ initializer, expression }: ts.ForOfStatement): void {
    const [variable] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
    if (variable === undefined) return;
    if (this.bind(variable.name, variable, expression)) this.followed.add(withoutWrappers(expression));
  }

  /** Names for elements; whether every source among the elements has one. */
  bind(name: ts.BindingName, owner: ts.Node, expression: ts.Expression): boolean {
    if (ts.isIdentifier(name)) {
      const carrier = this.index.byDeclaration(owner);
      if (carrier === undefined) return !this.#mayBeSource(name);
      this.bound.add(owner);
      this.give(expression, carrier);
      return true;
    }
    if (ts.isObjectBindingPattern(name)) return !this.#mayBeSource(name);
    return name.elements.every((element) => {
      if (ts.isOmittedExpression(element)) return true;
      return element.initializer === undefined && this.bind(element.name, element, expression);
    });
  }

  /** `runners.map((runner) => …)`, `byName.forEach(stop)`. */
  visitCall(node: ts.CallExpression): void {
    const callee = withoutWrappers(node.expression);
    if (!ts.isPropertyAccessExpression(callee)) return;
    const { text } = callee.name;
    if (takingMethods.has(text)) this.#visitTaking(node, callee);
    const callback = callbackOf(node);
    const receiver = callee.getText() === 'Array.from' ? node.arguments[0] : callee.expression;
    if (callback === undefined || receiver === undefined) return;
    const { checker } = this.index.types;
    if (!this.index.types.isCollection(checker.getTypeAtLocation(receiver))) return;
    if (!this.#visitCallback(withoutWrappers(callback), text, receiver)) return;
    this.callbacks.set(node, new Set());
    this.followed.add(withoutWrappers(receiver));
  }

  #visitTaking(node: ts.CallExpression, callee: ts.PropertyAccessExpression): void {
    const target = this.index.read(callee.expression);
    if (target?.isCollection !== true) return;
    const { types } = this.index;
    // `byTeam.get(team).push(runner)` and `runners.push(runner)`, but no method of an element itself.
    if (!types.isCollection(types.checker.getTypeAtLocation(callee.expression))) return;
    for (const argument of node.arguments)
      this.give(ts.isSpreadElement(argument) ? argument.expression : argument, target);
  }

  #visitCallback(callback: ts.Expression, method: string, receiver: ts.Expression): boolean {
    const isFolding = method.startsWith('reduce');
    if (isCallback(callback)) {
      // What a fold collects may be an element or anything else.
      const [collected] = isFolding ? callback.parameters : [];
      if (collected !== undefined && this.#mayBeSource(collected.name)) return false;
      const isCovered = callback.parameters.every((parameter) =>
        this.bind(parameter.name, parameter, receiver),
      );
      if (isCovered) this.callbacks.set(callback, new Set());
      return isCovered;
    }
    if (callback.getText() === 'Boolean') return true;
    const declared = isFolding ? [] : functionsNamed(callback, this.index.types);
    const parameters = declared.flatMap((one) => [...one.parameters]);
    if (parameters.length === 0) return false;
    for (const parameter of parameters) {
      const carrier = this.index.byDeclaration(parameter);
      if (carrier === undefined) {
        if (this.#mayBeSource(parameter.name)) return false;
        continue;
      }
      this.give(receiver, carrier);
      this.#note(nameOf(callback), carrier);
    }
    return true;
  }

  /** Whether a name that is no carrier may stand for a source all the same. */
  #mayBeSource(name: ts.BindingName): boolean {
    const { types } = this.index;
    const type = types.checker.getTypeAtLocation(name);
    const isUntyped = (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
    return isUntyped || types.isSource(type) || types.isCollection(type);
  }

  #note(at: ts.Node, carrier: Carrier): void {
    this.callbacks.set(at, (this.callbacks.get(at) ?? new Set()).add(carrier));
  }

  #noteAssertions(expression: ts.Expression, target: Carrier): void {
    const { types } = this.index;
    if (this.#isElement(expression, types.checker.getTypeAtLocation(withoutWrappers(expression)))) return;
    for (let node = expression; node !== withoutWrappers(expression);) {
      if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node))
        this.#noteTypes([node.type], target);
      node = (node as ts.ParenthesizedExpression).expression;
    }
  }

  #noteTypes(nodes: readonly ts.TypeNode[], carrier: Carrier): void {
    for (const node of nodes) {
      if (namesSource(node, this.index.types)) this.elementTypes.push({ carrier, node });
    }
  }
}

/** Literals may hold what their own type does not show: `[]` has elements of no type at all. */
function isMadeHere(node: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(node) || ts.isNewExpression(node) || ts.isObjectLiteralExpression(node);
}

function isNothing(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}
