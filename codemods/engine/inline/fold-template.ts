import type { Template, TemplateMember } from '../facade/template.js';
import { isGroup } from './empty-groups.js';

/** What is known of the argument of a parameter when a template is folded. */
export type KnownValue =
  | { readonly kind: 'argument' }
  /** The argument is this literal, or is missing and the literal stands for it. */
  | { readonly kind: 'literal'; readonly text: string; readonly isMissing: boolean }
  | { readonly kind: 'replacement'; readonly template: Template };

/**
 * What becomes of optional groups whose members are all left out. Of an expectation those are kept, by their keys, that
 * the code has: what passes variables passes a group of `undefined` members, which a matcher tells from no group.
 */
export type EmptyGroups = 'dropped' | 'kept' | ReadonlySet<string>;

/** A literal in a template, with whether a missing argument left it. */
type Literal = Extract<Template, { kind: 'literal' }> & { readonly isMissing?: boolean };

/**
 * Puts in what is known of the arguments and leaves out what then says nothing: optional members that are `undefined`,
 * optional groups that have become empty, conditions that are decided, and missing arguments at the end of a call.
 */
export function foldTemplate(
  template: Template,
  valueOf: (index: number) => KnownValue,
  groups: EmptyGroups = 'dropped',
): Template {
  const fold = (part: Template): Template => foldTemplate(part, valueOf, groups);
  switch (template.kind) {
    case 'parameter': {
      const value = valueOf(template.index);
      if (value.kind === 'argument') return template;
      if (value.kind === 'replacement') return value.template;
      const literal: Literal = { kind: 'literal', text: value.text, isMissing: value.isMissing };
      return literal;
    }
    case 'slot':
    case 'import':
    case 'global':
    case 'literal':
      return template;
    case 'object':
      return {
        kind: 'object',
        members: template.members.flatMap((member) => foldMember(member, fold, groups)),
      };
    case 'array':
      return { kind: 'array', elements: template.elements.flatMap((element) => foldElement(element, fold)) };
    case 'call': {
      const elements = template.arguments.flatMap((argument) => foldElement(argument, fold));
      while (elements.length > template.minimumArguments && isMissing(elements.at(-1))) elements.pop();
      return { ...template, callee: fold(template.callee), arguments: elements };
    }
    case 'member': {
      const object = fold(template.object);
      return template.isOptional && isNullish(object) ? undefinedLiteral : { ...template, object };
    }
    case 'prefix': {
      const operand = fold(template.operand);
      const truth = template.operator === '!' ? truthOf(operand) : undefined;
      return truth === undefined ? { ...template, operand } : { kind: 'literal', text: String(!truth) };
    }
    case 'spread':
      return { kind: 'spread', operand: fold(template.operand) };
    case 'binary':
      return foldBinary(template.operator, fold(template.left), fold(template.right));
    case 'conditional': {
      const condition = fold(template.condition);
      const truth = truthOf(condition);
      if (truth !== undefined) return fold(truth ? template.whenTrue : template.whenFalse);
      return {
        kind: 'conditional',
        condition,
        whenTrue: fold(template.whenTrue),
        whenFalse: fold(template.whenFalse),
      };
    }
  }
}

const undefinedLiteral: Template = { kind: 'literal', text: 'undefined' };

function foldMember(
  member: TemplateMember,
  fold: (part: Template) => Template,
  groups: EmptyGroups,
): readonly TemplateMember[] {
  if (member.kind === 'spread') {
    const operand = fold(member.operand);
    if (operand.kind === 'object') return operand.members;
    return isNullish(operand) || truthOf(operand) === false ? [] : [{ kind: 'spread', operand }];
  }
  const value = fold(member.value);
  if (member.isOptional && isUndefined(value)) return [];
  const isEmptied = value.kind === 'object' && value.members.length === 0 && isGroup(member.value);
  const isKept = groups === 'kept' || (groups !== 'dropped' && groups.has(member.key));
  if (member.isOptional && isEmptied && !isKept) return [];
  return [{ ...member, value }];
}

function foldElement(element: Template, fold: (part: Template) => Template): readonly Template[] {
  const folded = fold(element);
  return folded.kind === 'spread' && folded.operand.kind === 'array' ? folded.operand.elements : [folded];
}

function foldBinary(operator: string, left: Template, right: Template): Template {
  switch (operator) {
    case '??':
      if (isNullish(left)) return right;
      return left.kind === 'literal' ? left : { kind: 'binary', operator, left, right };
    case '||':
    case '&&': {
      const truth = truthOf(left);
      if (truth === undefined) break;
      return truth === (operator === '||') ? left : right;
    }
    case '===':
    case '!==':
      if (
        left.kind === 'literal' &&
        right.kind === 'literal' &&
        isComparable(left.text) &&
        isComparable(right.text)
      ) {
        return { kind: 'literal', text: String((left.text === right.text) === (operator === '===')) };
      }
  }
  return { kind: 'binary', operator, left, right };
}

/** Literals that are equal exactly when their texts are. */
function isComparable(text: string): boolean {
  return ['undefined', 'null', 'true', 'false'].includes(text);
}

function isMissing(template: Template | undefined): boolean {
  return (
    template?.kind === 'literal' && (template as Literal).isMissing === true && template.text === 'undefined'
  );
}

function isUndefined(template: Template): boolean {
  return template.kind === 'literal' && template.text === 'undefined';
}

function isNullish(template: Template): boolean {
  return template.kind === 'literal' && (template.text === 'undefined' || template.text === 'null');
}

function truthOf(template: Template): boolean | undefined {
  if (template.kind !== 'literal') return undefined;
  if (['undefined', 'null', 'false', '0', "''", '""', '``', '0n'].includes(template.text)) return false;
  if (template.text === 'true' || /^['"`]/.test(template.text)) return true;
  return undefined;
}
