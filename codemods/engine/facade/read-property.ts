import { ts } from 'ts-morph';
import { isSameType } from '../same-type.js';
import type { FacadeFinding } from './facade-findings.js';
import { gradeOf } from './facade-findings.js';
import type { MethodModel } from './facade-model.js';
import type { MethodContext } from './read-method.js';
import { placeOf } from './place-of.js';
import { readTemplate } from './read-template.js';
import type { Template } from './template.js';
import { TemplateRefusal } from './template-refusal.js';

/** A member of a facet, as a template names it: `this.reader.size`. */
interface FacetMember {
  readonly slot: number;
  readonly method: string;
}

/** Reads a property of the source that the facade reads from a facet, and sets there if it has a setter for it. */
export function readProperty(getter: ts.GetAccessorDeclaration, context: MethodContext): MethodModel {
  const setter = setterBeside(getter);
  const at = placeOf(getter);
  const findings: FacadeFinding[] = [];
  const name = getter.name.getText();
  const value = returnedBy(getter);
  const template = value && templateOf(value, context);
  const identity = template && facetMember(template);
  const type = context.checker.getTypeAtLocation(getter);
  if (value === undefined || identity === undefined || type.getCallSignatures().length > 0) {
    findings.push({ code: 'getter-not-a-facet-member', subject: name, ...at });
  } else if (!isSameType(context.checker, type, context.checker.getTypeAtLocation(value))) {
    const subject = context.checker.typeToString(context.checker.getTypeAtLocation(value));
    findings.push({ code: 'result-type-differs', subject, ...at });
  }
  const grade = gradeOf(findings);
  const written = setter && targetOf(setter, context);
  return {
    name,
    parameters: [],
    grade,
    findings,
    template: grade === 'refused' ? undefined : template,
    isAsync: false,
    identity: grade === 'refused' ? undefined : identity,
    property: written === undefined ? {} : { written },
  };
}

function setterBeside(getter: ts.GetAccessorDeclaration): ts.SetAccessorDeclaration | undefined {
  const members: readonly ts.Node[] = ts.isClassLike(getter.parent) ? getter.parent.members : [];
  return members.find(
    (member): member is ts.SetAccessorDeclaration =>
      ts.isSetAccessorDeclaration(member) && member.name.getText() === getter.name.getText(),
  );
}

function returnedBy({ body }: ts.GetAccessorDeclaration): ts.Expression | undefined {
  const [only] = body?.statements ?? [];
  return body?.statements.length === 1 && only && ts.isReturnStatement(only) ? only.expression : undefined;
}

/** What `this.slot.member = value;` sets, where the value is the setter's own. */
function targetOf(setter: ts.SetAccessorDeclaration, context: MethodContext): FacetMember | undefined {
  const [only] = setter.body?.statements ?? [];
  const [parameter] = setter.parameters;
  if (setter.body?.statements.length !== 1 || only === undefined || parameter === undefined) return undefined;
  const assignment = ts.isExpressionStatement(only) ? only.expression : undefined;
  if (assignment === undefined || !ts.isBinaryExpression(assignment)) return undefined;
  const isPlain = assignment.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const isOwn = ts.isIdentifier(assignment.right) && assignment.right.text === parameter.name.getText();
  const target = isPlain && isOwn ? templateOf(assignment.left, context) : undefined;
  return target && facetMember(target);
}

function templateOf(node: ts.Expression, context: MethodContext): Template | undefined {
  try {
    return readTemplate(node, { ...context, parameters: [] });
  } catch (refusal) {
    if (!(refusal instanceof TemplateRefusal)) throw refusal;
    return undefined;
  }
}

function facetMember(template: Template): FacetMember | undefined {
  return template.kind === 'member' && !template.isOptional && template.object.kind === 'slot'
    ? { slot: template.object.slot, method: template.name }
    : undefined;
}
