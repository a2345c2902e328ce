import type { Template } from '../facade/template.js';

/** How tightly a name or a call binds. */
export const tightest = 20;

/** How tightly what a template begins and ends with binds, on a scale of our own. */
export function strengthOf(template: Template, wanted: number): number {
  switch (template.kind) {
    case 'parameter':
    case 'slot':
    case 'import':
    case 'global':
    case 'member':
    case 'array':
      return tightest;
    case 'call':
      return template.isNew ? tightest - 1 : tightest;
    case 'object':
      return tightest - 1;
    case 'literal':
      return /^[-\d]/.test(template.text) ? tightest - 2 : tightest;
    case 'prefix':
      return 15;
    case 'binary':
      // `??` takes neither `||` nor `&&` beside it without parentheses.
      return template.operator === '??' && wanted <= 5 && wanted > 0
        ? 0
        : (binaryStrength[template.operator] ?? 0);
    case 'conditional':
    case 'spread':
      return 0;
  }
}

/** How tightly an operator with two sides binds. */
export const binaryStrength: Readonly<Record<string, number>> = {
  '*': 12,
  '+': 11,
  '-': 11,
  '<': 9,
  '<=': 9,
  '>': 9,
  '>=': 9,
  '===': 8,
  '!==': 8,
  '==': 8,
  '!=': 8,
  '&&': 4,
  '||': 3,
  '??': 2,
};
