import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { FacetPlaces } from './facet-places.js';
import { readBag, slotAt } from './read-bag.js';
import { isOptionalMember } from './optional-member.js';
import { TemplateRefusal } from './template-refusal.js';
import { mapParts, type ExportedName, type Template, type TemplateMember } from './template.js';

/** What reading a body needs to know of the facade around it. */
export interface TemplateContext {
  readonly checker: Checker;
  readonly parameters: readonly ts.ParameterDeclaration[];
  readonly places: FacetPlaces;
  /** How callers import a name; `undefined` when they cannot. */
  findExport(symbol: ts.Symbol, identifier: ts.Identifier): ExportedName | undefined;
  /** The template of another method of the facade; throws {@link TemplateRefusal} when it leads back. */
  templateOf(method: string, node: ts.Node): Template;
}

const binaryOperators = new Set([
  '??',
  '||',
  '&&',
  '===',
  '!==',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
]);

const keywordLiterals: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
]);

/** Reads an expression of a facade's method into data. The grammar is closed: anything unknown is refused. */
export function readTemplate(node: ts.Expression, context: TemplateContext): Template {
  const read = (inner: ts.Expression): Template => readTemplate(inner, context);

  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return read(node.expression);
  if (ts.isStringLiteral(node) || ts.isNumericLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return { kind: 'literal', text: node.getText() };
  }
  if (ts.isBigIntLiteral(node)) return { kind: 'literal', text: node.getText() };
  if (keywordLiterals.has(node.kind)) return { kind: 'literal', text: node.getText() };
  if (node.kind === ts.SyntaxKind.ThisKeyword) throw new TemplateRefusal('this-escapes', 'this', node);
  if (node.kind === ts.SyntaxKind.SuperKeyword) throw new TemplateRefusal('uses-super', 'super', node);
  if (ts.isIdentifier(node)) return readName(node, context);
  if (ts.isPropertyAccessExpression(node)) return readMember(node, context);
  if (ts.isObjectLiteralExpression(node)) {
    return {
      kind: 'object',
      members: node.properties.map((member) => readObjectMember(member, node, context)),
    };
  }
  if (ts.isArrayLiteralExpression(node)) {
    return { kind: 'array', elements: node.elements.map((element) => readElement(element, context)) };
  }
  if (ts.isCallExpression(node)) return readCall(node, context);
  if (ts.isNewExpression(node)) {
    const elements = (node.arguments ?? []).map((argument) => readElement(argument, context));
    return {
      kind: 'call',
      callee: read(node.expression),
      arguments: elements,
      isOptional: false,
      isNew: true,
      minimumArguments: elements.length,
    };
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return { kind: 'prefix', operator: '!', operand: read(node.operand) };
  }
  if (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.MinusToken &&
    ts.isNumericLiteral(node.operand)
  ) {
    return { kind: 'literal', text: node.getText() };
  }
  if (ts.isTypeOfExpression(node))
    return { kind: 'prefix', operator: 'typeof ', operand: read(node.expression) };
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.getText();
    if (binaryOperators.has(operator)) {
      return { kind: 'binary', operator, left: read(node.left), right: read(node.right) };
    }
  }
  if (ts.isConditionalExpression(node)) {
    return {
      kind: 'conditional',
      condition: read(node.condition),
      whenTrue: read(node.whenTrue),
      whenFalse: read(node.whenFalse),
    };
  }
  if (ts.isAwaitExpression(node)) throw new TemplateRefusal('await-in-body', 'await', node);
  throw new TemplateRefusal('not-inlinable-syntax', describe(node), node);
}

function readElement(node: ts.Expression, context: TemplateContext): Template {
  if (!ts.isSpreadElement(node)) return readTemplate(node, context);
  const operand = readTemplate(node.expression, context);
  return { kind: 'spread', operand };
}

function readName(node: ts.Identifier, context: TemplateContext): Template {
  if (node.text === 'undefined') return { kind: 'literal', text: 'undefined' };
  if (node.text === 'arguments') throw new TemplateRefusal('uses-arguments', 'arguments', node);
  const parent = node.parent;
  const symbol = ts.isShorthandPropertyAssignment(parent)
    ? context.checker.getShorthandAssignmentValueSymbol(parent)
    : context.checker.getSymbolAtLocation(node);
  const declaration = symbol?.valueDeclaration;
  const index = context.parameters.findIndex((parameter) => parameter === declaration);
  if (index >= 0) return { kind: 'parameter', index };
  if (symbol === undefined) throw new TemplateRefusal('free-name-not-exported', node.text, node);
  const imported = context.findExport(symbol, node);
  if (imported !== undefined) return { kind: 'import', imported };
  const declaredInProject = symbol.declarations?.some((one) => one.getSourceFile() === node.getSourceFile());
  if (declaredInProject === true || symbol.declarations === undefined) {
    throw new TemplateRefusal('free-name-not-exported', node.text, node);
  }
  return { kind: 'global', name: node.text };
}

function readMember(node: ts.PropertyAccessExpression, context: TemplateContext): Template {
  const { places } = context;
  if (node.expression.kind === ts.SyntaxKind.ThisKeyword) {
    const field = node.name.text;
    if (places.isBag(field)) return readBag(node, context.places, context.checker);
    return slotAt(places.slotOfField(field), field, node);
  }
  const bag = fieldOf(node.expression);
  if (bag !== undefined && places.isBag(bag)) {
    return slotAt(places.slotOfMember(bag, node.name.text), `${bag}.${node.name.text}`, node);
  }
  if (ts.isPrivateIdentifier(node.name)) throw new TemplateRefusal('uses-own-state', node.name.text, node);
  return {
    kind: 'member',
    object: readTemplate(node.expression, context),
    name: node.name.text,
    isOptional: node.questionDotToken !== undefined,
  };
}

/** The name in `this.name`. */
function fieldOf(node: ts.Expression): string | undefined {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword
    ? node.name.text
    : undefined;
}

function readCall(node: ts.CallExpression, context: TemplateContext): Template {
  const callee = node.expression;
  const elements = node.arguments.map((argument) => readElement(argument, context));
  if (
    ts.isPropertyAccessExpression(callee) &&
    callee.expression.kind === ts.SyntaxKind.ThisKeyword &&
    context.places.slotOfField(callee.name.text) === undefined
  ) {
    const isPlain = elements.every(({ kind }) => kind === 'parameter' || kind === 'literal');
    if (!isPlain) throw new TemplateRefusal('not-inlinable-syntax', `this.${callee.name.text}(…)`, node);
    return replaceParameters(context.templateOf(callee.name.text, callee), elements);
  }
  return {
    kind: 'call',
    callee: readTemplate(callee, context),
    arguments: elements,
    isOptional: node.questionDotToken !== undefined,
    isNew: false,
    minimumArguments: minimumArguments(node, context),
  };
}

function minimumArguments(node: ts.CallExpression, { checker }: TemplateContext): number {
  const declaration = checker.getResolvedSignature(node)?.declaration;
  if (declaration === undefined || ts.isJSDocSignature(declaration)) return node.arguments.length;
  const optional = declaration.parameters.findIndex(
    (parameter) =>
      parameter.questionToken !== undefined ||
      parameter.initializer !== undefined ||
      parameter.dotDotDotToken !== undefined,
  );
  return optional < 0 ? declaration.parameters.length : optional;
}

/** The template with others in place of its parameters; a missing one is `undefined`. */
function replaceParameters(template: Template, values: readonly Template[]): Template {
  if (template.kind === 'parameter') return values[template.index] ?? { kind: 'literal', text: 'undefined' };
  return mapParts(template, (part) => replaceParameters(part, values));
}

function readObjectMember(
  member: ts.ObjectLiteralElementLike,
  literal: ts.ObjectLiteralExpression,
  context: TemplateContext,
): TemplateMember {
  if (ts.isSpreadAssignment(member)) {
    return { kind: 'spread', operand: readTemplate(member.expression, context) };
  }
  if (!ts.isPropertyAssignment(member) && !ts.isShorthandPropertyAssignment(member)) {
    throw new TemplateRefusal('not-inlinable-syntax', describe(member), member);
  }
  const key = member.name;
  if (!ts.isIdentifier(key) && !ts.isStringLiteral(key)) {
    throw new TemplateRefusal('unsafe-property-key', key.getText(), key);
  }
  if (key.text === '__proto__' || /^\d+$/.test(key.text)) {
    throw new TemplateRefusal('unsafe-property-key', key.text, key);
  }
  return {
    kind: 'property',
    key: key.getText(),
    value: ts.isPropertyAssignment(member)
      ? readTemplate(member.initializer, context)
      : readName(member.name, context),
    isOptional: isOptionalMember(context.checker, literal, key.text),
  };
}

function describe(node: ts.Node): string {
  return ts.SyntaxKind[node.kind];
}
