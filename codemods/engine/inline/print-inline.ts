import { ts } from 'ts-morph';
import type { ExportedName, Template, TemplateMember } from '../facade/template.js';
import { commentsOfArguments, isNameComment, type ArgumentComments } from './argument-comments.js';
import { concatenate, printLayout, type Layout, type ListItem, type Page } from './layout.js';
import type { InlinePlan } from './plan-inline.js';

/** What printing needs to know of the place that the code goes to. */
export interface InlinePlace {
  readonly page: Page;
  /** The facet of a slot, as it is written here. */
  facetText(slot: number): string;
  /** A name that the body uses, as it is written here; asks for the import. */
  importedText(imported: ExportedName): string;
  /** The text of a node after the edits inside it. */
  textOf(node: ts.Node): string;
}

/** The code that stands where the call stood. Calls of identity methods are edited in place instead. */
export function printInline(plan: InlinePlan, place: InlinePlace): string {
  const { call, template } = plan;
  const printer = new Printer(plan, place);
  const code = printLayout(printer.layoutOf(template), place.page);
  return needsParentheses(template, call) ? `(${code})` : code;
}

/** The statements that go before the call's own, each without its line break. */
export function printBindings(plan: InlinePlan, textOf: (node: ts.Node) => string): readonly string[] {
  return plan.bindings.flatMap(({ index, name }) => {
    const argument = plan.call.arguments[index];
    if (argument === undefined) return [];
    const text = textOf(argument);
    return [name === undefined ? text : `const ${name} = ${text}`];
  });
}

class Printer {
  readonly #comments: readonly ArgumentComments[];

  constructor(
    private readonly plan: InlinePlan,
    private readonly place: InlinePlace,
  ) {
    this.#comments = commentsOfArguments(plan.call);
  }

  layoutOf(template: Template): Layout {
    switch (template.kind) {
      case 'parameter':
        return this.#argumentText(template.index);
      case 'slot':
        return this.place.facetText(template.slot);
      case 'import':
        return this.place.importedText(template.imported);
      case 'global':
        return template.name;
      case 'literal':
        return template.text;
      case 'object':
        return {
          kind: 'list',
          open: '{',
          close: '}',
          isPadded: true,
          hugsLast: false,
          items: template.members.map((member) => this.#memberItem(member)),
        };
      case 'array':
        return { kind: 'list', open: '[', close: ']', isPadded: false, hugsLast: false, items: this.#items(template.elements) };
      case 'call':
        return this.#call(template);
      case 'member':
        return concatenate(this.#operand(template.object), template.isOptional ? '?.' : '.', template.name);
      case 'prefix':
        return concatenate(template.operator, this.#operand(template.operand));
      case 'spread':
        return concatenate('...', this.#operand(template.operand));
      case 'binary':
        return concatenate(this.#operand(template.left), ` ${template.operator} `, this.#operand(template.right));
      case 'conditional':
        return concatenate(
          this.#operand(template.condition),
          ' ? ',
          this.layoutOf(template.whenTrue),
          ' : ',
          this.layoutOf(template.whenFalse),
        );
    }
  }

  #call(template: Extract<Template, { kind: 'call' }>): Layout {
    const access = this.plan.call.expression;
    const isRoot = template === this.plan.template;
    const skips = isRoot && ts.isPropertyAccessExpression(access) && access.questionDotToken !== undefined;
    const { callee } = template;
    const calleeLayout =
      skips && callee.kind === 'member'
        ? concatenate(this.#operand(callee.object), '?.', callee.name)
        : this.#operand(callee);
    return concatenate(template.isNew ? 'new ' : '', calleeLayout, template.isOptional ? '?.' : '', {
      kind: 'list',
      open: '(',
      close: ')',
      isPadded: false,
      hugsLast: true,
      items: this.#items(template.arguments),
    });
  }

  #items(elements: readonly Template[]): readonly ListItem[] {
    return elements.map((element) => ({ layout: this.layoutOf(element), ...this.#commentsOf(element) }));
  }

  #memberItem(member: TemplateMember): ListItem {
    if (member.kind === 'spread') {
      return { layout: concatenate('...', this.#operand(member.operand)), ...this.#commentsOf(member.operand) };
    }
    const value = this.layoutOf(member.value);
    const layout = value === member.key && /^[\w$]+$/.test(value) ? member.key : concatenate(`${member.key}: `, value);
    return { layout, ...this.#commentsOf(member.value) };
  }

  #commentsOf(template: Template): ArgumentComments {
    const comments = template.kind === 'parameter' ? this.#comments[template.index] : undefined;
    if (comments === undefined || template.kind !== 'parameter') return { leading: [], trailing: [] };
    const names = [this.plan.method.parameters[template.index]?.name ?? ''];
    const keep = (comment: string): boolean => !isNameComment(comment, names);
    return { leading: comments.leading.filter(keep), trailing: comments.trailing.filter(keep) };
  }

  #argumentText(index: number): string {
    const bound = this.plan.bindings.find((binding) => binding.index === index);
    const argument = this.plan.call.arguments[index];
    if (bound?.name !== undefined) return bound.name;
    return argument === undefined ? 'undefined' : this.place.textOf(argument);
  }

  /** A part that an operator, a dot or a call applies to. */
  #operand(template: Template): Layout {
    const layout = this.layoutOf(template);
    if (template.kind === 'parameter') {
      const argument = this.plan.call.arguments[template.index];
      const isBound = this.plan.bindings.some(({ index }) => index === template.index);
      return argument === undefined || isBound || isPrimary(argument) ? layout : concatenate('(', layout, ')');
    }
    if (template.kind === 'literal') return /^\d/.test(template.text) ? `(${template.text})` : layout;
    const isTight = ['slot', 'import', 'global', 'member', 'call', 'array'].includes(template.kind);
    return isTight ? layout : concatenate('(', layout, ')');
  }
}

function isPrimary(node: ts.Expression): boolean {
  return (
    ts.isIdentifier(node) ||
    ts.isStringLiteral(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** A call or a member stands anywhere that a call stood. Anything else is wrapped unless nothing binds to it. */
function needsParentheses(template: Template, call: ts.CallExpression): boolean {
  if ((template.kind === 'call' && !template.isNew) || template.kind === 'member') return false;
  const { parent } = call;
  const isAlone =
    ts.isVariableDeclaration(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isPropertyAssignment(parent) ||
    (ts.isCallExpression(parent) && parent.expression !== call) ||
    (ts.isArrowFunction(parent) && template.kind !== 'object');
  return !isAlone;
}
