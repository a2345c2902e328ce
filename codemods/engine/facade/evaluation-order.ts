import type { Template } from './template.js';

/** What happens while a template is evaluated, in that order. */
export type EvaluationStep =
  | { readonly kind: 'parameter'; readonly index: number; readonly isConditional: boolean }
  | { readonly kind: 'slot'; readonly slot: number; readonly isConditional: boolean }
  /** An effect other than the call that the template ends with. */
  | { readonly kind: 'effect' };

/**
 * The order in which a template reads its parameters and has effects. The last call is not listed: it comes after
 * everything that it is given.
 */
export function evaluationOrder(template: Template): readonly EvaluationStep[] {
  const steps: EvaluationStep[] = [];
  visit(template, false, true);
  return steps;

  function visit(part: Template, isConditional: boolean, isLast: boolean): void {
    switch (part.kind) {
      case 'parameter':
        steps.push({ kind: 'parameter', index: part.index, isConditional });
        return;
      case 'slot':
        steps.push({ kind: 'slot', slot: part.slot, isConditional });
        return;
      case 'import':
      case 'global':
      case 'literal':
        return;
      case 'object':
        for (const member of part.members) {
          if (member.kind === 'property') visit(member.value, isConditional, false);
          else visitSpread(member.operand, isConditional);
        }
        return;
      case 'array':
        for (const element of part.elements) visit(element, isConditional, false);
        return;
      case 'spread':
        visitSpread(part.operand, isConditional);
        return;
      case 'call': {
        visit(part.callee, isConditional, false);
        const isSkipped = isConditional || part.isOptional || isInOptionalChain(part.callee);
        for (const argument of part.arguments) visit(argument, isSkipped, false);
        if (!isLast) steps.push({ kind: 'effect' });
        return;
      }
      case 'member':
        visit(part.object, isConditional, false);
        // Reading a member of an argument may run a getter; reading one of a slot is how its method is found.
        if (part.object.kind !== 'slot' && part.object.kind !== 'import' && !isLast) {
          steps.push({ kind: 'effect' });
        }
        return;
      case 'prefix':
        visit(part.operand, isConditional, false);
        return;
      case 'binary':
        visit(part.left, isConditional, false);
        visit(part.right, isConditional || ['&&', '||', '??'].includes(part.operator), false);
        return;
      case 'conditional':
        visit(part.condition, isConditional, false);
        visit(part.whenTrue, true, false);
        visit(part.whenFalse, true, false);
        return;
    }
  }

  function visitSpread(operand: Template, isConditional: boolean): void {
    visit(operand, isConditional, false);
    steps.push({ kind: 'effect' });
  }
}

function isInOptionalChain(template: Template): boolean {
  if (template.kind === 'member') return template.isOptional || isInOptionalChain(template.object);
  return template.kind === 'call' && (template.isOptional || isInOptionalChain(template.callee));
}
