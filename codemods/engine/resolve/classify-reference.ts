import { ts } from 'ts-morph';
import { findMethod, type MethodModel } from '../facade/facade-model.js';
import type { Reason } from '../reasons.js';
import type { PickedMember, UseAction } from './carrier.js';
import type { SourceTypes } from './source-types.js';
import { isTestFile } from './test-file.js';
import { isPath, withoutWrappers, withWrappers } from './transparent.js';

type Identity = NonNullable<MethodModel['identity']>;

/** What becomes of a member that is read and not called; a reason where nothing can. */
export function classifyReference(
  access: ts.AccessExpression,
  value: ts.Expression,
  member: string,
  types: SourceTypes,
): UseAction | Reason {
  const identity = findMethod(types.facade.model, member)?.identity;
  const outer = withWrappers(access);
  const { parent } = outer;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
    if (!isIndirection(parent))
      return isTestFile(access.getSourceFile()) ? 'test-double' : 'method-reference';
    return identity !== undefined && selfCallOf(parent.parent, types)?.access === access
      ? asMember(identity, value)
      : 'indirect-call';
  }
  // A mock that a test looks at is the runner's own method, and the way back calls it as it was called before.
  if (isTestFile(access.getSourceFile())) return 'test-double';
  if (identity !== undefined && selfCallOf(parent, types)?.access === access)
    return asMember(identity, value);
  const isValue =
    ts.isCallExpression(parent) || ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent);
  return identity !== undefined && isValue ? asMember(identity, value) : 'method-reference';
}

/** A carrier that is handed to its own method: `runner.killTask.bind(runner)`. */
export function classifySelf(read: ts.Expression, types: SourceTypes): UseAction | undefined {
  const argument = withWrappers(read);
  const call = selfCallOf(argument.parent, types);
  return call !== undefined && call.self === argument
    ? { kind: 'facet', slot: call.identity.slot, value: read }
    : undefined;
}

/** `const { killTask } = runner`, where all that is picked are methods of one facet. */
export function classifyPattern(read: ts.Expression, types: SourceTypes): UseAction | undefined {
  const declaration = withWrappers(read).parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isObjectBindingPattern(declaration.name))
    return undefined;
  if (isTestFile(read.getSourceFile())) return undefined;
  const members: PickedMember[] = [];
  for (const element of declaration.name.elements) {
    const key = element.propertyName ?? element.name;
    if (element.dotDotDotToken !== undefined || element.initializer !== undefined || !ts.isIdentifier(key))
      return undefined;
    const identity = findMethod(types.facade.model, key.text)?.identity;
    if (identity === undefined || !ts.isIdentifier(element.name)) return undefined;
    members.push({ element, slot: identity.slot, method: identity.method });
  }
  const [first] = members;
  const isOneFacet = first !== undefined && members.every(({ slot }) => slot === first.slot);
  return isOneFacet && declaration.type === undefined
    ? { kind: 'picked', slot: first.slot, value: read, members }
    : undefined;
}

function asMember({ slot, method }: Identity, value: ts.Expression): UseAction {
  return { kind: 'member', slot, method, value };
}

function isIndirection(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && ['call', 'apply', 'bind'].includes(node.name.text);
}

interface SelfCall {
  readonly access: ts.AccessExpression;
  readonly self: ts.Expression;
  readonly identity: Identity;
}

/** `r.m.bind(r)`, `r.m.call(r, …)`, `r.m.apply(r, …)` and `Reflect.apply(r.m, r, …)` of a method that is the facet's own. */
function selfCallOf(node: ts.Node, types: SourceTypes): SelfCall | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const isReflected =
    node.expression.name.text === 'apply' && node.expression.expression.getText() === 'Reflect';
  if (!isReflected && !isIndirection(node.expression)) return undefined;
  const [first, second] = node.arguments;
  const method = isReflected ? first : node.expression.expression;
  const self = isReflected ? second : first;
  const access = method && withoutWrappers(method);
  if (self === undefined || access === undefined || !ts.isPropertyAccessExpression(access)) return undefined;
  const receiver = withoutWrappers(access.expression);
  const isSame = isPath(receiver) && receiver.getText() === withoutWrappers(self).getText();
  const identity = findMethod(types.facade.model, access.name.text)?.identity;
  return isSame && identity !== undefined ? { access, self, identity } : undefined;
}
