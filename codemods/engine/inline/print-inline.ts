import { ts } from 'ts-morph';
import type { ExportedName, Template, TemplateMember } from '../facade/template.js';
import {
  commentsOfArguments,
  isNameComment,
  noComments,
  type ArgumentComments,
} from './argument-comments.js';
import { indentAt } from '../indentation.js';
import { binaryStrength, strengthOf, tightest } from './operator-strength.js';
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

/** The argument list of the call that the body is. */
export function printArguments(plan: InlinePlan, place: InlinePlace): string {
  if (plan.template.kind !== 'call') throw new Error('only a call has arguments');
  return printLayout(new Printer(plan, place).argumentsOf(plan.template), place.page);
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
        return this.#argument(template.index);
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
        return {
          kind: 'list',
          open: '[',
          close: ']',
          isPadded: false,
          hugsLast: false,
          items: this.#items(template.elements),
        };
      case 'call':
        return this.#call(template);
      case 'member':
        return concatenate(this.#operand(template.object), template.isOptional ? '?.' : '.', template.name);
      case 'prefix':
        return concatenate(template.operator, this.#part(template.operand, 15));
      case 'spread':
        return concatenate('...', this.#spread(template.operand));
      case 'binary': {
        const strength = binaryStrength[template.operator] ?? tightest;
        // Both sides of `??` are kept apart from other logical operators.
        const [left, right] = template.operator === '??' ? [6, 6] : [strength, strength + 1];
        const operator = ` ${template.operator} `;
        return concatenate(this.#part(template.left, left), operator, this.#part(template.right, right));
      }
      case 'conditional':
        return concatenate(
          this.#part(template.condition, 1),
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
    const opening = template.isOptional ? '?.' : '';
    return concatenate(template.isNew ? 'new ' : '', calleeLayout, opening, this.argumentsOf(template));
  }

  argumentsOf(template: Extract<Template, { kind: 'call' }>): Layout {
    const items = this.#items(template.arguments);
    return { kind: 'list', open: '(', close: ')', isPadded: false, hugsLast: true, items };
  }

  /** What `...` applies to: any expression, in parentheses where it is more than one part. */
  #spread(template: Template): Layout {
    const isWhole = template.kind !== 'binary' && template.kind !== 'conditional';
    return isWhole ? this.layoutOf(template) : concatenate('(', this.layoutOf(template), ')');
  }

  #items(elements: readonly Template[]): readonly ListItem[] {
    return elements.map((element) => ({ layout: this.layoutOf(element), ...this.#commentsOf(element) }));
  }

  #memberItem(member: TemplateMember): ListItem {
    if (member.kind === 'spread') {
      return {
        layout: concatenate('...', this.#spread(member.operand)),
        ...this.#commentsOf(member.operand),
      };
    }
    const value = this.layoutOf(member.value);
    const layout =
      value === member.key && /^[\w$]+$/.test(value) ? member.key : concatenate(`${member.key}: `, value);
    return { layout, ...this.#commentsOf(member.value) };
  }

  #commentsOf(template: Template): ArgumentComments {
    const comments = template.kind === 'parameter' ? this.#comments[template.index] : undefined;
    if (comments === undefined || template.kind !== 'parameter') return noComments;
    const names = [this.plan.method.parameters[template.index]?.name ?? ''];
    const keep = (comment: string): boolean => !isNameComment(comment, names);
    const { leading, trailing, below } = comments;
    return { leading: leading.filter(keep), trailing: trailing.filter(keep), below: below.filter(keep) };
  }

  #argument(index: number): Layout {
    const bound = this.plan.bindings.find((binding) => binding.index === index);
    const argument = this.plan.call.arguments[index];
    if (bound?.name !== undefined) return bound.name;
    if (argument === undefined) return 'undefined';
    return this.#code(argument);
  }

  /** Code of the caller's. An object or an array on one line may be broken where it ends up. */
  #code(argument: ts.Expression): Layout {
    const text = this.place.textOf(argument);
    if (!text.includes('\n')) return this.#breakable(argument) ?? text;
    const { text: source } = argument.getSourceFile();
    return { kind: 'source', text, indent: indentAt(source, argument.getStart()) };
  }

  #breakable(node: ts.Expression): Layout | undefined {
    const isObject = ts.isObjectLiteralExpression(node);
    if ((!isObject && !ts.isArrayLiteralExpression(node)) || /\/\/|\/\*/.test(node.getText()))
      return undefined;
    const elements: readonly ts.Node[] = isObject ? node.properties : node.elements;
    if (elements.length === 0) return undefined;
    const [open, close] = isObject ? (['{', '}'] as const) : (['[', ']'] as const);
    const isPadded = /^[{[]\s/.test(node.getText());
    const items = elements.map((element) => {
      const isPlain = ts.isPropertyAssignment(element) && !ts.isComputedPropertyName(element.name);
      const layout = isPlain
        ? concatenate(`${element.name.getText()}: `, this.#code(element.initializer))
        : this.place.textOf(element);
      return { layout, ...noComments };
    });
    return { kind: 'list', open, close, isPadded, hugsLast: false, items };
  }

  /** A part that a dot or a call applies to. */
  #operand(template: Template): Layout {
    return this.#part(template, tightest);
  }

  /** A part of an operator that binds as tightly as told; whatever binds less gets parentheses. */
  #part(template: Template, strength: number): Layout {
    const layout = this.layoutOf(template);
    if (template.kind === 'parameter') {
      const argument = this.plan.call.arguments[template.index];
      const isBound = this.plan.bindings.some(({ index }) => index === template.index);
      return argument === undefined || isBound || isPrimary(argument)
        ? layout
        : concatenate('(', layout, ')');
    }
    return strengthOf(template, strength) >= strength ? layout : concatenate('(', layout, ')');
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
