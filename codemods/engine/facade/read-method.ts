import { ts } from 'ts-morph';
import { isSameType } from '../same-type.js';
import { gradeOf, type FacadeFinding, type FindingCode } from './facade-findings.js';
import type { MethodModel, ParameterModel } from './facade-model.js';
import { gradeParameters } from './grade-method.js';
import { placeOf } from './place-of.js';
import { handsTypesOn } from './generic-method.js';
import { readTemplate, type TemplateContext } from './read-template.js';
import { TemplateRefusal } from './template-refusal.js';
import type { Template } from './template.js';

/** What a method's reader needs besides the method; the parameters are its own. */
export type MethodContext = Omit<TemplateContext, 'parameters'> & {
  isSourceTyped(type: ts.Type): boolean;
};

/** Reads one method of the facade: its template, or why there is none. */
export function readMethod(method: ts.MethodDeclaration, context: MethodContext): MethodModel {
  const parameters = method.parameters.map(readParameter);
  const isAsync = hasModifier(method, ts.SyntaxKind.AsyncKeyword);
  const findings: FacadeFinding[] = [];
  const report = (code: FindingCode, subject: string, node: ts.Node): void => {
    findings.push({ code, subject, ...placeOf(node) });
  };
  let template: Template | undefined;
  try {
    refuseShape(method, context);
    template = readTemplate(bodyOf(method), { ...context, parameters: method.parameters });
    refuseUnsafeRest(template, method);
    refuseRearrangedTypes(template, method, parameters);
  } catch (refusal) {
    // Anything but a refusal is a broken assumption of ours.
    if (!(refusal instanceof TemplateRefusal)) throw refusal;
    template = undefined;
    report(refusal.code, refusal.subject, refusal.node);
  }
  if (isAsync) report('async-method', method.name.getText(), method);
  if (template !== undefined) {
    for (const { code, index } of gradeParameters(template, parameters)) {
      report(code, parameters[index]?.name ?? '', method.parameters[index] ?? method);
    }
  }
  if (template !== undefined && !isAsync) reportResult(method, context, report);
  const grade = gradeOf(findings);
  return {
    name: method.name.getText(),
    parameters,
    grade,
    findings,
    template: grade === 'refused' ? undefined : template,
    isAsync,
    identity: template && readIdentity(template, parameters),
    ...(method.typeParameters === undefined ? {} : { isGeneric: true }),
  };
}

/** The facet's result is what callers get from now on: it has to be as good as the declared one, both ways. */
function reportResult(
  method: ts.MethodDeclaration,
  { checker }: MethodContext,
  report: (code: FindingCode, subject: string, node: ts.Node) => void,
): void {
  const declared = checker.getSignatureFromDeclaration(method)?.getReturnType();
  if (declared === undefined || (declared.flags & ts.TypeFlags.Void) !== 0) return;
  const given = checker.getTypeAtLocation(bodyOf(method));
  if (!isSameType(checker, given, declared))
    report('result-type-differs', checker.typeToString(given), method);
}

function refuseShape(method: ts.MethodDeclaration, context: MethodContext): void {
  const refuse = (code: FindingCode, subject: string, node: ts.Node): never => {
    throw new TemplateRefusal(code, subject, node);
  };
  if (method.asteriskToken !== undefined) refuse('generator-method', '*', method.asteriskToken);
  const decorator = method.modifiers?.find(ts.isDecorator);
  if (decorator !== undefined) refuse('decorated-method', decorator.getText(), decorator);
  const siblings: readonly ts.Node[] = ts.isClassLike(method.parent) ? method.parent.members : [];
  const namesakes = siblings.filter(
    (member) => ts.isMethodDeclaration(member) && member.name.getText() === method.name.getText(),
  );
  if (namesakes.length > 1) refuse('overloaded-method', method.name.getText(), method);
  const typeParameter = method.typeParameters?.[0];
  if (typeParameter !== undefined && !handsTypesOn(method, context)) {
    refuse('generic-method', typeParameter.name.text, typeParameter);
  }
  if (method.type !== undefined && ts.isTypePredicateNode(method.type)) {
    refuse('assertion-method', method.type.getText(), method.type);
  }
  for (const parameter of method.parameters) {
    if (!ts.isIdentifier(parameter.name)) {
      refuse('destructured-parameter', parameter.name.getText(), parameter);
      return;
    }
    if (parameter.initializer !== undefined && !isConstant(parameter.initializer)) {
      refuse('default-not-constant', parameter.name.text, parameter.initializer);
    }
    if (context.isSourceTyped(context.checker.getTypeAtLocation(parameter))) {
      refuse('takes-source-type', parameter.name.text, parameter);
    }
  }
  const signature = context.checker.getSignatureFromDeclaration(method);
  if (signature !== undefined && context.isSourceTyped(signature.getReturnType())) {
    refuse('returns-source-type', method.name.getText(), method);
  }
}

function bodyOf(method: ts.MethodDeclaration): ts.Expression {
  const statements = method.body?.statements ?? [];
  const [only] = statements;
  if (only === undefined || statements.length !== 1) {
    throw new TemplateRefusal('not-one-expression', `${statements.length} statements`, method);
  }
  if (ts.isReturnStatement(only) && only.expression !== undefined) return only.expression;
  if (ts.isExpressionStatement(only)) {
    if (ts.isBinaryExpression(only.expression) && ts.isIdentifier(only.expression.left)) {
      throw new TemplateRefusal('parameter-assigned', only.expression.left.text, only);
    }
    // Its value is dropped. Only where the method promises nothing does the call's value not matter.
    const result = method.type?.kind;
    if (result === ts.SyntaxKind.VoidKeyword) return only.expression;
  }
  throw new TemplateRefusal('not-one-expression', ts.SyntaxKind[only.kind], only);
}

/** Type arguments of a call stay as they are, and so must all else of it but the receiver and the name. */
function refuseRearrangedTypes(
  template: Template,
  method: ts.MethodDeclaration,
  parameters: readonly ParameterModel[],
): void {
  const [typeParameter] = method.typeParameters ?? [];
  if (typeParameter === undefined || readIdentity(template, parameters) !== undefined) return;
  throw new TemplateRefusal('generic-method', typeParameter.name.text, typeParameter);
}

function refuseUnsafeRest(template: Template, method: ts.MethodDeclaration): void {
  const index = method.parameters.findIndex(({ dotDotDotToken }) => dotDotDotToken !== undefined);
  const rest = method.parameters[index];
  if (rest === undefined) return;
  const last = template.kind === 'call' ? template.arguments.at(-1) : undefined;
  const isSpliced =
    last?.kind === 'spread' && last.operand.kind === 'parameter' && last.operand.index === index;
  const uses = JSON.stringify(template).split(`{"kind":"parameter","index":${index}}`).length - 1;
  if (!isSpliced || uses !== 1) throw new TemplateRefusal('rest-used-unsafely', rest.name.getText(), rest);
}

function readIdentity(template: Template, parameters: readonly ParameterModel[]): MethodModel['identity'] {
  if (template.kind !== 'call' || template.isNew || template.isOptional) return undefined;
  const { callee } = template;
  if (callee.kind !== 'member' || callee.isOptional || callee.object.kind !== 'slot') return undefined;
  const isSame =
    template.arguments.length === parameters.length &&
    template.arguments.every((argument, index) => {
      const value =
        argument.kind === 'spread' && parameters[index]?.isRest === true ? argument.operand : argument;
      return value.kind === 'parameter' && value.index === index;
    }) &&
    parameters.every(({ defaultText }) => defaultText === undefined);
  return isSame ? { slot: callee.object.slot, method: callee.name } : undefined;
}

function readParameter(parameter: ts.ParameterDeclaration): ParameterModel {
  return {
    name: parameter.name.getText(),
    defaultText: parameter.initializer?.getText(),
    isRest: parameter.dotDotDotToken !== undefined,
  };
}

function isConstant(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  return (
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}

function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === kind) === true;
}
