import { ts } from 'ts-morph';
import { findMethod, type MethodModel } from '../facade/facade-model.js';
import { planInline, type InlinePlan } from '../inline/plan-inline.js';
import type { Reason } from '../reasons.js';
import type { Carrier, Use } from './carrier.js';
import type { UseContext } from './use-context.js';
import { withWrappers } from './transparent.js';

/** Matchers that do not look at arguments. */
const countMatchers =
  /^(toHaveBeenCalled|toBeCalled|toHaveBeenCalledTimes|toBeCalledTimes|toHaveBeenCalledOnce)$/;
/** Matchers whose arguments are those of the call. */
const argumentMatchers =
  /^(toHaveBeenCalledWith|toBeCalledWith|toHaveBeenLastCalledWith|lastCalledWith|toHaveBeenCalledExactlyOnceWith)$/;
/** Members of a mock that do not look at arguments, and give nothing that does. */
const resultSetters = /^mock(Resolved|Rejected|Return)Value(Once)?$|^mock(Clear|Reset|Restore)$/;
/** The same of sinon, with the questions for the number of calls. */
const stubMembers = /^(resolves|rejects|returns|resetHistory|called|notCalled|called(Once|Twice)|callCount)$/;
/** Assertions of sinon that ask for the number of calls. */
const stubAssertions = /^(called|notCalled|called(Once|Twice)|callCount)$/;

/** What a test does with a double, as far as that can follow the double to a facet. */
export function classifyDoubleRead(read: ts.Expression, carrier: Carrier, context: UseContext): Use {
  const value = withWrappers(read);
  const access = value.parent;
  const left = (reason: Reason, node: ts.Node = access): Use => ({
    carrier,
    node,
    member: undefined,
    action: { kind: 'left', cause: { reason } },
  });
  if (context.types.isWayBackCall(access) && ts.isPropertyAccessExpression(access.parent)) {
    const { name } = access.parent;
    const slot = context.types.facade.model.slots.findIndex((one) => one.name === name.text);
    if (slot >= 0)
      return { carrier, node: access.parent, member: undefined, action: { kind: 'facet', slot, value } };
  }
  if (!ts.isPropertyAccessExpression(access) || access.expression !== value)
    return left('test-double', value);
  const member = carrier.double?.members.find(({ name }) => name === access.name.text);
  const method = member && findMethod(context.types.facade.model, member.name);
  if (member === undefined || method === undefined) return left('test-double');
  const expectation = readExpectation(access, method, context);
  if (expectation === 'unknown') return left('positional-expectation');
  return {
    carrier,
    node: access,
    member: undefined,
    action: { kind: 'double', member, value: read, expectation },
  };
}

/** The plan for the arguments of an expectation; `undefined` when they stay, `unknown` when they cannot be followed. */
function readExpectation(
  access: ts.PropertyAccessExpression,
  method: MethodModel,
  context: UseContext,
): InlinePlan | undefined | 'unknown' {
  const outer = withWrappers(access);
  const user = outer.parent;
  if (ts.isDeleteExpression(user)) return 'unknown';
  // Nothing but its name tells the mock of a method that is the facet's own from the one that there was.
  if (method.identity !== undefined) return undefined;
  if (ts.isPropertyAccessExpression(user)) {
    const { text } = user.name;
    return resultSetters.test(text) || stubMembers.test(text) ? undefined : 'unknown';
  }
  if (!ts.isCallExpression(user) || user.expression === outer) return 'unknown';
  if (ts.isPropertyAccessExpression(user.expression) && user.arguments[0] === outer) {
    const { expression, name } = user.expression;
    if (expression.getText() === 'sinon.assert' && stubAssertions.test(name.text)) return undefined;
  }
  const matcher = matcherOf(user);
  if (matcher === undefined) return 'unknown';
  const name = matcher.expression.name.text;
  if (countMatchers.test(name) || resultSetters.test(name)) return undefined;
  if (!argumentMatchers.test(name) || matcher.call.arguments.length !== method.parameters.length)
    return 'unknown';
  const decision = planInline(matcher.call, method, {
    checker: context.types.checker,
    allowBindings: false,
    boundNames: new Map(),
    emptyGroups: 'kept',
  });
  return decision.kind === 'inline' ? decision.plan : 'unknown';
}

/** The call at the end of `expect(mock).not.toHaveBeenCalledWith(…)` or `vi.mocked(mock).mockReturnValue(…)`. */
function matcherOf(
  call: ts.CallExpression,
): { readonly call: ts.CallExpression; readonly expression: ts.PropertyAccessExpression } | undefined {
  const head = ts.isPropertyAccessExpression(call.expression)
    ? call.expression.name.text
    : call.expression.getText();
  if (head !== 'expect' && head !== 'mocked') return undefined;
  let current: ts.Node = call;
  const outer = call.parent;
  // `expect(vi.mocked(mock))` expects of the mock itself.
  if (head === 'mocked' && ts.isCallExpression(outer) && outer.expression !== call) return matcherOf(outer);
  while (ts.isPropertyAccessExpression(current.parent)) {
    const access = current.parent;
    if (ts.isCallExpression(access.parent) && access.parent.expression === access) {
      return { call: access.parent, expression: access };
    }
    current = access;
  }
  return undefined;
}
