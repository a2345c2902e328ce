import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { StayOrigin } from '../stay-origin.js';
import { isResultObserved } from '../inline/is-result-observed.js';
import type { InlinePlan } from '../inline/plan-inline.js';
import type { Reason } from '../reasons.js';
import type { Carrier, Use } from '../resolve/carrier.js';
import type { RewrittenFile } from '../rewrite/rewrite.js';
import { isSameType } from '../same-type.js';

export interface TypeLockInput {
  readonly before: ts.Program;
  readonly after: ts.Program;
  readonly files: readonly RewrittenFile[];
  readonly uses: readonly Use[];
  readonly moving: readonly Carrier[];
}

const format: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseFullyQualifiedType |
  ts.TypeFormatFlags.WriteArrayAsGenericType;

/**
 * The third lock: each replaced call still has its type where that can be seen, and functions among its arguments still
 * get the parameters that they got. Another overload of the facet's method, or another inference, compiles as well.
 */
export function typeLock({
  before,
  after,
  files,
  uses,
  moving,
}: TypeLockInput): ReadonlyMap<Carrier, StayOrigin> {
  const old = before.getTypeChecker();
  const checker = after.getTypeChecker();
  const blamed = new Map<Carrier, StayOrigin>();
  for (const { carrier, action } of uses) {
    if (carrier === undefined || action.kind !== 'inline' || !moving.includes(carrier)) continue;
    const { plan } = action;
    const reason = differenceOf(plan);
    if (reason !== undefined) {
      const detail = plan.method.name;
      blamed.set(carrier, { cause: { reason, detail }, node: plan.call });
    }
  }
  return blamed;

  function differenceOf(plan: InlinePlan): Reason | undefined {
    const place = newPlaceOf(plan.call);
    if (place === undefined) return undefined;
    const name = targetName(plan);
    const calls = callsIn(place.file, place.start, place.end).filter((one) => calleeName(one) === name);
    if (calls.length === 0) return undefined;
    if (isResultObserved(plan.call) && !calls.some((call) => hasSameResult(plan, call))) {
      return 'result-type-differs';
    }
    const was = functionTypes(plan.call, old);
    // A function that the facade drops has no type any more.
    const isKept = calls.some((call) => functionTypes(call, checker).every((one) => was.includes(one)));
    return isKept ? undefined : 'argument-loses-type';
  }

  /** The outermost edit that the call is part of, in the new text. */
  function newPlaceOf(
    call: ts.CallExpression,
  ): { readonly file: ts.SourceFile; readonly start: number; readonly end: number } | undefined {
    const path = call.getSourceFile().fileName;
    const start = call.getStart();
    const edit = files
      .find((one) => one.path === path)
      ?.placed.find(({ from }) => from.start <= start && start < from.end);
    const file = after.getSourceFile(path);
    return edit === undefined || file === undefined ? undefined : { file, start: edit.start, end: edit.end };
  }

  function hasSameResult(plan: InlinePlan, call: ts.CallExpression): boolean {
    const is = resultOf(call, checker);
    const was = resultOf(plan.call, old);
    if (is === undefined || was === undefined) return true;
    if (old.typeToString(was, undefined, format) === checker.typeToString(is, undefined, format)) return true;
    // Types of two programs cannot be compared, but what the call was declared with stands in the new one as well.
    const declared = declaredResult(plan.call);
    if (declared === undefined) return false;
    if (isAny(declared) !== isAny(is)) return false;
    const awaited = (type: ts.Type): ts.Type =>
      plan.method.isAsync ? (checker.getAwaitedType(type) ?? type) : type;
    return isSameType(checker, awaited(declared), awaited(is));
  }

  function declaredResult(call: ts.CallExpression): ts.Type | undefined {
    const declaration = old.getResolvedSignature(call)?.declaration;
    if (declaration === undefined || ts.isJSDocSignature(declaration)) return undefined;
    const isGeneric =
      declaration.typeParameters !== undefined ||
      ((ts.isClassLike(declaration.parent) || ts.isInterfaceDeclaration(declaration.parent)) &&
        declaration.parent.typeParameters !== undefined);
    const path = declaration.getSourceFile().fileName;
    if (isGeneric || files.some((one) => one.path === path)) return undefined;
    const file = after.getSourceFile(path);
    const same = file && nodeLike(file, declaration);
    return same && checker.getSignatureFromDeclaration(same)?.getReturnType();
  }
}

function resultOf(call: ts.CallExpression, checker: Checker): ts.Type | undefined {
  return checker.getResolvedSignature(call)?.getReturnType();
}

/** Name of the function or method that the call's replacement calls. */
function targetName({ template }: InlinePlan): string | undefined {
  if (template.kind !== 'call') return undefined;
  const { callee } = template;
  if (callee.kind === 'import') return callee.imported.name;
  return callee.kind === 'member' ? callee.name : undefined;
}

function calleeName({ expression }: ts.CallExpression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text.replace(/OnFacets$/, '');
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

/** Calls whose callee's name, or first character, is in a range: an identity call's edit ends before its arguments. */
function callsIn(file: ts.SourceFile, start: number, end: number): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (node.end <= start || node.pos >= end) return;
    if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
      const at = name.getStart(file);
      if (start <= at && at < end) found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The parameters of the functions among a call's arguments that get their types from where they stand. */
function functionTypes(call: ts.CallExpression, checker: Checker): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
      for (const { name, type } of node.parameters) {
        if (type !== undefined) continue;
        const text = checker.typeToString(checker.getTypeAtLocation(name), undefined, format);
        found.push(`${name.getText()}: ${text}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  call.arguments.forEach(visit);
  return found;
}

function isAny(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Any) !== 0;
}

/** The declaration at the same place of the same text in another program. */
function nodeLike(file: ts.SourceFile, wanted: ts.SignatureDeclaration): ts.SignatureDeclaration | undefined {
  const find = (node: ts.Node): ts.Node | undefined =>
    node.pos === wanted.pos && node.end === wanted.end && node.kind === wanted.kind
      ? node
      : node.pos <= wanted.pos && wanted.end <= node.end
        ? ts.forEachChild(node, find)
        : undefined;
  const found = find(file);
  return found !== undefined && ts.isFunctionLike(found) ? found : undefined;
}
