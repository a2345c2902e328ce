import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { MethodModel } from '../facade/facade-model.js';
import { partsOf, slotsIn, type Template } from '../facade/template.js';
import type { Cause, Reason } from '../reasons.js';
import { allComments, commentsOfArguments, hasLooseComment, isNameComment } from './argument-comments.js';
import { classifyArgument, isMovable } from './argument-class.js';
import { takeName, type BoundNames } from './bound-names.js';
import { chooseBindings } from './choose-bindings.js';
import { argumentGroups, type ArgumentGroups } from './empty-groups.js';
import { foldTemplate, type EmptyGroups, type KnownValue } from './fold-template.js';
import { hoistPosition } from './hoist-position.js';
import { isResultObserved } from './is-result-observed.js';

/** How one call becomes the facade's body. */
export interface InlinePlan {
  readonly call: ts.CallExpression;
  readonly method: MethodModel;
  /** Only receiver and name change; every byte of the argument list stays. */
  readonly isIdentity: boolean;
  readonly template: Template;
  readonly slots: readonly number[];
  readonly bindings: readonly Binding[];
  /** The groups of optional members, with something in them or nothing. */
  readonly groups: ArgumentGroups;
  /** A default of the facade stands, or may stand, for an argument: another source would have been given none. */
  readonly appliesDefault: boolean;
}

/** An argument that keeps being evaluated before the call, as a `const`; without a name, as a statement. */
export interface Binding {
  readonly index: number;
  readonly name: string | undefined;
  readonly statement: ts.Statement;
}

/** What planning needs to ask, and what may be done. */
export interface InlineOptions {
  readonly checker: Checker;
  readonly allowBindings: boolean;
  /** Names that bindings of this run have taken, by the block that holds them. */
  readonly boundNames: BoundNames;
  readonly emptyGroups?: EmptyGroups;
}

export type InlineDecision =
  { readonly kind: 'inline'; readonly plan: InlinePlan } | { readonly kind: 'left'; readonly cause: Cause };

/** Decides whether and how a call of a facade's method can become the method's body, with its meaning intact. */
export function planInline(
  call: ts.CallExpression,
  method: MethodModel,
  options: InlineOptions,
): InlineDecision {
  const { checker } = options;
  const { template } = method;
  if (template === undefined) return left('refused-method', method.findings[0]?.code);
  if (call.questionDotToken !== undefined) return left('optional-method-call');
  if (call.typeArguments !== undefined && method.isGeneric !== true) return left('type-arguments');
  if (method.isAsync && !isAwaitedAtOnce(call)) return left('async-facade-at-unawaited-call');
  if (method.findings.some(({ code }) => code === 'result-type-differs') && isResultObserved(call)) {
    return left('result-type-differs');
  }
  if (method.identity !== undefined) {
    const plan = {
      call,
      method,
      isIdentity: true,
      template,
      slots: [method.identity.slot],
      bindings: [],
      groups: { empty: [], filled: [] },
      appliesDefault: false,
    };
    return { kind: 'inline', plan };
  }
  if (call.arguments.some((argument) => ts.isSpreadElement(argument))) return left('spread-argument');
  const rest = method.parameters.findIndex(({ isRest }) => isRest);
  if (rest < 0 && call.arguments.length > method.parameters.length) return left('argument-count');

  const values = method.parameters.map((_, index) => valueOf(index, call, method, checker));
  const refusal = values.find((value): value is Cause => 'reason' in value);
  if (refusal !== undefined) return { kind: 'left', cause: refusal };
  const known = (index: number): KnownValue => {
    const value = values[index];
    return value === undefined || 'reason' in value ? { kind: 'argument' } : value;
  };
  const appliesDefault = method.parameters.some(
    ({ defaultText }, index) => defaultText !== undefined && known(index).kind !== 'argument',
  );
  const spliced = spliceRest(template, rest, call);
  const groups = argumentGroups(spliced, foldTemplate(spliced, known));
  const folded = foldTemplate(spliced, known, options.emptyGroups);

  if ((call.flags & ts.NodeFlags.OptionalChain) !== 0 && !isDelegation(folded))
    return left('optional-call-of-helper');
  if (!canPlaceComments(call, method, folded)) return left('comment-cannot-move');
  const shadowed = globalsIn(folded).find((name) => isShadowed(name, call, checker));
  if (shadowed !== undefined) return left('name-taken', shadowed);

  const receiver = (call.expression as ts.AccessExpression).expression;
  const facts = call.arguments.map((argument) => ({
    class: classifyArgument(checker, argument),
    length: argument.getText().length,
  }));
  const isReceiverStable = isMovable(classifyArgument(checker, receiver));
  const needed = chooseBindings(folded, facts, isReceiverStable);
  if (needed === 'receiver-moves') return left('carrier-reassigned', receiver.getText());

  const bindings: Binding[] = [];
  for (const { index, reason } of needed) {
    const argument = call.arguments[index];
    const name = usesOf(folded, index) === 0 ? undefined : method.parameters[index]?.name;
    if (argument === undefined) return left(reason);
    const bound = bind(argument, call, name, options);
    if ('reason' in bound) {
      const isOwn = bound.reason === 'name-taken' || bound.reason === 'binding-loses-type';
      return left(isOwn ? bound.reason : reason, bound.detail ?? argument.getText());
    }
    bindings.push({ index, name, statement: bound });
  }
  return {
    kind: 'inline',
    plan: {
      call,
      method,
      isIdentity: false,
      template: folded,
      slots: slotsIn(folded),
      bindings,
      groups,
      appliesDefault,
    },
  };
}

function left(reason: Reason, detail?: string): InlineDecision {
  return { kind: 'left', cause: { reason, detail } };
}

function valueOf(
  index: number,
  call: ts.CallExpression,
  method: MethodModel,
  checker: Checker,
): KnownValue | Cause {
  const parameter = method.parameters[index];
  const argument = call.arguments[index];
  const defaultText = parameter?.defaultText;
  if (parameter?.isRest === true) return { kind: 'argument' };
  if (argument === undefined) return { kind: 'literal', text: defaultText ?? 'undefined', isMissing: true };
  const text = literalText(argument, checker);
  const { leading, trailing } = commentsOfArguments(call)[index] ?? { leading: [], trailing: [] };
  const isCommented = [...leading, ...trailing].some((one) => !isNameComment(one, [parameter?.name ?? '']));
  if (text === 'undefined' && defaultText !== undefined) {
    return isCommented ? { kind: 'argument' } : { kind: 'literal', text: defaultText, isMissing: false };
  }
  if (defaultText !== undefined) {
    const type = checker.getTypeAtLocation(argument);
    if (!mayBe(type, ts.TypeFlags.Undefined)) return { kind: 'argument' };
    if (mayBe(type, ts.TypeFlags.Null))
      return { reason: 'default-applies-at-run-time', detail: parameter?.name };
    return {
      kind: 'replacement',
      template: {
        kind: 'binary',
        operator: '??',
        left: { kind: 'parameter', index },
        right: { kind: 'literal', text: defaultText },
      },
    };
  }
  if (text !== undefined && !isCommented) return { kind: 'literal', text, isMissing: false };
  return { kind: 'argument' };
}

function mayBe(type: ts.Type, flag: ts.TypeFlags): boolean {
  if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) !== 0)
    return true;
  return type.isUnion() ? type.types.some((one) => mayBe(one, flag)) : (type.flags & flag) !== 0;
}

/** The text of `undefined`, `null`, a boolean or a number: what conditions of the template are decided by. */
function literalText(node: ts.Expression, checker: Checker): string | undefined {
  if (ts.isIdentifier(node) && node.text === 'undefined') {
    return classifyArgument(checker, node) === 'constant' ? 'undefined' : undefined;
  }
  const isPlain =
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    ts.isNumericLiteral(node);
  return isPlain ? node.getText() : undefined;
}

/** Puts the arguments of a rest parameter where the template spreads it. */
function spliceRest(template: Template, rest: number, call: ts.CallExpression): Template {
  if (rest < 0 || template.kind !== 'call') return template;
  const extra = call.arguments
    .slice(rest)
    .map((_, offset): Template => ({ kind: 'parameter', index: rest + offset }));
  return { ...template, arguments: [...template.arguments.slice(0, -1), ...extra] };
}

/** One call of one facet's method, which `?.` can skip as a whole. */
function isDelegation(template: Template): boolean {
  return (
    template.kind === 'call' &&
    template.callee.kind === 'member' &&
    template.callee.object.kind === 'slot' &&
    template.arguments.every((argument) => slotsIn(argument).length === 0)
  );
}

function globalsIn(template: Template): readonly string[] {
  return template.kind === 'global' ? [template.name] : partsOf(template).flatMap(globalsIn);
}

/** A global of the facade's body would be another thing where something nearer has its name. */
function isShadowed(name: string, at: ts.Node, checker: Checker): boolean {
  return checker.resolveName(name, at, ts.SymbolFlags.Value, true) !== undefined;
}

function usesOf(template: Template, index: number): number {
  if (template.kind === 'parameter') return template.index === index ? 1 : 0;
  return partsOf(template).reduce((sum, part) => sum + usesOf(part, index), 0);
}

/** Comments need a list item to stand beside: the value of a property, an element or an argument. */
function canPlaceComments(call: ts.CallExpression, method: MethodModel, template: Template): boolean {
  if (hasLooseComment(call)) return false;
  return commentsOfArguments(call).every((comments, index) => {
    const name = method.parameters[index]?.name ?? '';
    const kept = allComments(comments).filter((comment) => !isNameComment(comment, [name]));
    return kept.length === 0 || (isListItem(template, index) && usesOf(template, index) === 1);
  });
}

function isListItem(template: Template, index: number): boolean {
  const items = (() => {
    if (template.kind === 'call') return template.arguments;
    if (template.kind === 'array') return template.elements;
    if (template.kind === 'object') {
      return template.members.map((member) => (member.kind === 'property' ? member.value : member.operand));
    }
    return [];
  })();
  return (
    items.some((item) => item.kind === 'parameter' && item.index === index) ||
    partsOf(template).some((part) => isListItem(part, index))
  );
}

/** Whether a rejection and a synchronous throw cannot be told apart: the call is awaited, or returned outside `try`. */
function isAwaitedAtOnce(call: ts.CallExpression): boolean {
  let node: ts.Node = call;
  while (ts.isParenthesizedExpression(node.parent)) node = node.parent;
  if (ts.isAwaitExpression(node.parent)) return true;
  const isReturned =
    ts.isReturnStatement(node.parent) || (ts.isArrowFunction(node.parent) && node.parent.body === node);
  if (!isReturned) return false;
  const owner = ts.findAncestor(node.parent, ts.isFunctionLike);
  const isAsync =
    owner !== undefined &&
    ts.canHaveModifiers(owner) &&
    ts.getModifiers(owner)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  const guard = ts.findAncestor(node.parent, ts.isTryStatement);
  return isAsync && (guard === undefined || !ts.findAncestor(guard, (one) => one === owner));
}

function bind(
  argument: ts.Expression,
  call: ts.CallExpression,
  name: string | undefined,
  { checker, allowBindings, boundNames }: InlineOptions,
): ts.Statement | Cause {
  if (!allowBindings) return { reason: 'evaluation-order' };
  if ((call.flags & ts.NodeFlags.OptionalChain) !== 0) return { reason: 'conditional-argument' };
  if (commentsOfArguments(call).some((comments) => allComments(comments).length > 0)) {
    return { reason: 'comment-cannot-move' };
  }
  const statement = hoistPosition(checker, call);
  if (statement === undefined) return { reason: 'evaluation-order' };
  if (name === undefined) return statement;
  if (takesItsTypeFromContext(argument)) return { reason: 'binding-loses-type' };
  return takeName(checker, boundNames, statement, name) ? statement : { reason: 'name-taken', detail: name };
}

function takesItsTypeFromContext(node: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isConditionalExpression(node)
  );
}
