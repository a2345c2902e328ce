import { ts } from 'ts-morph';
import { findMethod, type MethodModel } from '../facade/facade-model.js';
import { isWriteTarget } from '../inline/is-reassigned.js';
import { planInline } from '../inline/plan-inline.js';
import type { Reason } from '../reasons.js';
import type { Carrier, Use, UseAction } from './carrier.js';
import { classifyDoubleRead } from './classify-double-read.js';
import { classifyPattern, classifyReference, classifySelf } from './classify-reference.js';
import { hoistSource } from './hoist-source.js';
import { isPresenceCheck } from './presence-check.js';
import type { SourceTypes } from './source-types.js';
import { isTestFile } from './test-file.js';
import { isPath, withoutWrappers, withWrappers } from './transparent.js';
import type { UseContext } from './use-context.js';

/** What a read of a carrier is for, and what becomes of it. */
export function classifyRead(read: ts.Expression, carrier: Carrier, context: UseContext): Use {
  if (carrier.double !== undefined) return classifyDoubleRead(read, carrier, context);
  const { types } = context;
  const value = withWrappers(read);
  const user = value.parent;
  const use = (node: ts.Node, action: UseAction, member?: string): Use => ({ carrier, node, member, action });
  const left = (reason: Reason, node: ts.Node = value, member?: string): Use =>
    use(node, { kind: 'left', cause: { reason } }, member);

  const mayBeAbsent = carrier.isNullable || carrier.isCollection === true || isIndexed(carrier);
  if (mayBeAbsent && isPresenceCheck(value, user)) return use(value, { kind: 'presence', value: read });
  const type = types.checker.getTypeAtLocation(value);
  if (!types.isSource(type) && types.pickedSlot(type) === undefined) {
    const isAny = (type.flags & ts.TypeFlags.Any) !== 0 && ts.isPropertyAccessExpression(user);
    return isAny && types.members.has(user.name.text)
      ? left('receiver-is-any', user, user.name.text)
      : left('flows-to-unknown-type');
  }

  if (ts.isPropertyAccessExpression(user) && user.expression === value) {
    return classifyMember(user, user.name.text);
  }
  if (ts.isElementAccessExpression(user) && user.expression === value) {
    const name = keyOf(user.argumentExpression);
    return name === undefined ? left('dynamic-member', user) : classifyMember(user, name);
  }
  if (types.isWayBackCall(user)) {
    const slot = slotOf(user.parent);
    return slot === undefined
      ? left('reads-whole-value', user)
      : use(user.parent, { kind: 'facet', slot, value: read });
  }
  const self = classifySelf(read, types);
  if (self !== undefined) return use(value, self);
  const picked = classifyPattern(read, types);
  if (picked?.kind === 'picked')
    return use(user, picked, picked.members.map(({ element }) => element.name.getText()).join());
  return left(reasonOf(value, user));

  /** The name in `runner['killTask']`, or in `runner[name]` where the name is the same for the facet's own method. */
  function keyOf(key: ts.Expression): string | undefined {
    if (ts.isStringLiteralLike(key)) return key.text;
    if (!ts.isIdentifier(key)) return undefined;
    const type = types.checker.getTypeAtLocation(key);
    if (!type.isStringLiteral()) return undefined;
    const identity = findMethod(types.facade.model, type.value)?.identity;
    return identity?.method === type.value ? type.value : undefined;
  }

  function classifyMember(access: ts.AccessExpression, name: string): Use {
    const member = types.members.has(name) ? name : undefined;
    if (member === undefined) {
      const isFacade = types.isFacadeInstance(types.checker.getTypeAtLocation(value));
      const slot = isFacade && isMember(name) ? slotNamed(name) : -1;
      return slot < 0
        ? left('identity-or-shape-use', access)
        : use(access, { kind: 'facet', slot, value: read });
    }
    const model = findMethod(types.facade.model, member);
    if (isWriteTarget(access)) {
      const written = isAssigned(access) ? model?.property?.written : undefined;
      if (written !== undefined && !isInsideImplementation(access))
        return use(access, { kind: 'member', ...written, value: read }, member);
      const isMethod = types.checker.getTypeAtLocation(access).getCallSignatures().length > 0;
      return left(isMethod ? 'spied-member' : 'accessor-write', access, member);
    }
    if (isInsideImplementation(access)) return left('implements-source', access, member);
    const isFacadeTest =
      isTestFile(access.getSourceFile()) && types.isFacadeInstance(types.checker.getTypeAtLocation(value));
    if (isFacadeTest) return left('facade-test', access, member);
    if (model === undefined || hasNoBody(model)) return left('no-facade-method', access, member);
    if (model.property !== undefined) return classifyProperty(access, model, member);
    const call = access.parent;
    if (ts.isCallExpression(call) && call.expression === access) {
      const decision = planInline(call, model, { ...context, checker: types.checker });
      if (decision.kind === 'left') return use(call, decision, member);
      const readsOnce = decision.plan.slots.length <= 1;
      if (readsOnce || isPath(read)) return use(call, { kind: 'inline', plan: decision.plan }, member);
      const hoist =
        decision.plan.bindings.length === 0
          ? hoistSource(read, variableNameOf(types), context.index, context.boundNames)
          : undefined;
      const isNamed = decision.plan.slots.every((slot) => hoist?.names[slot] !== undefined);
      return isNamed
        ? use(call, { kind: 'inline', plan: decision.plan, hoist }, member)
        : left('receiver-not-a-path', call, member);
    }
    const answer = classifyReference(access, read, member, types);
    return typeof answer === 'string' ? left(answer, access, member) : use(access, answer, member);
  }

  /** A property of the source that is read: the facet's own, which is read at the same moment. */
  function classifyProperty(access: ts.AccessExpression, model: MethodModel, member: string): Use {
    const { identity, findings } = model;
    if (identity === undefined) return left('refused-method', access, member);
    const [finding] = findings;
    if (finding?.code === 'result-type-differs') return left('result-type-differs', access, member);
    return use(access, { kind: 'member', ...identity, value: read }, member);
  }

  function slotOf(node: ts.Node): number | undefined {
    if (!ts.isPropertyAccessExpression(node)) return undefined;
    const slot = slotNamed(node.name.text);
    return slot < 0 ? undefined : slot;
  }

  /** Whether the facade shows a facet under its name. */
  function isMember(slot: string): boolean {
    return types.facade.model.slots.find(({ name }) => name === slot)?.heldBy === undefined;
  }

  function slotNamed(name: string): number {
    return types.facade.model.slots.findIndex((slot) => slot.name === name);
  }

  /** Inside a class or an object that is itself a source: a decorator, a fake, the way back's counterpart. */
  function isInsideImplementation(node: ts.Node): boolean {
    const { sourceDeclaration } = types.facade;
    return (
      ts.findAncestor(node, (one) => {
        if (ts.isClassLike(one)) {
          return (one.heritageClauses ?? []).some(({ types: bases }) =>
            bases.some((base) => {
              const type = types.checker.getTypeAtLocation(base);
              return (
                types.isSource(type) ||
                (type.symbol as ts.Symbol | undefined)?.declarations?.includes(sourceDeclaration) === true
              );
            }),
          );
        }
        if (!ts.isObjectLiteralExpression(one)) return false;
        const target = types.checker.getContextualType(one);
        return target !== undefined && types.isSource(target);
      }) !== undefined
    );
  }
}

/** A constant for `runners[0]`, which may be absent although its type does not say so. */
function isIndexed({ declaration }: Carrier): boolean {
  return (
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined &&
    ts.isElementAccessExpression(withoutWrappers(declaration.initializer))
  );
}

/** The source has the member, and the facade nothing for it. */
function hasNoBody({ findings }: MethodModel): boolean {
  return findings.some(({ code }) => code === 'method-missing' || code === 'property-missing');
}

/** What a variable for a source would be called. */
function variableNameOf({ facade }: SourceTypes): string {
  const { name } = facade.model.source;
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** The target of a plain `=`. */
function isAssigned({ parent }: ts.AccessExpression): boolean {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function reasonOf(value: ts.Expression, user: ts.Node): Reason {
  if (ts.isReturnStatement(user) || (ts.isArrowFunction(user) && user.body === value))
    return 'returns-source';
  if (ts.isArrayLiteralExpression(user) || ts.isSpreadElement(user)) return 'collection-of-source';
  if (ts.isVariableDeclaration(user) && ts.isObjectBindingPattern(user.name)) return 'method-destructured';
  if (ts.isCallExpression(user) && user.expression !== value) {
    const isSpy = ts.isPropertyAccessExpression(user.expression) && user.expression.name.text === 'spyOn';
    return isSpy ? 'spied-member' : 'flows-to-unknown-type';
  }
  if (ts.isNewExpression(user) || ts.isPropertyAssignment(user) || ts.isVariableDeclaration(user)) {
    return 'flows-to-unknown-type';
  }
  const isBranch = ts.isConditionalExpression(user) && user.condition !== value;
  if (isBranch || ts.isParenthesizedExpression(user)) {
    const outer = reasonOf(user, user.parent);
    return outer === 'returns-source' ? outer : 'source-not-a-path';
  }
  const assigns = ts.isBinaryExpression(user) && user.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return assigns ? 'flows-to-unknown-type' : 'identity-or-shape-use';
}
