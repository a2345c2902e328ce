import { evaluationOrder } from './evaluation-order.js';
import type { FindingCode } from './facade-findings.js';
import type { ParameterModel } from './facade-model.js';
import type { Template } from './template.js';

/** A finding about a parameter, before its place in the file is known. */
export interface ParameterFinding {
  readonly code: FindingCode;
  readonly index: number;
}

/** What the order and number of a template's parameter uses mean for the calls that will be inlined. */
export function gradeParameters(
  template: Template,
  parameters: readonly ParameterModel[],
): readonly ParameterFinding[] {
  const steps = evaluationOrder(template);
  const findings: ParameterFinding[] = [];
  const seen = new Map<number, number>();
  let highest = -1;
  let hasEffect = false;
  for (const step of steps) {
    if (step.kind === 'effect') hasEffect = true;
    if (step.kind !== 'parameter') continue;
    const { index, isConditional } = step;
    seen.set(index, (seen.get(index) ?? 0) + 1);
    if (isConditional) findings.push({ code: 'parameter-used-conditionally', index });
    if (hasEffect) findings.push({ code: 'effect-before-parameter', index });
    if (index > highest) highest = index;
    else if (seen.get(index) === 1) findings.push({ code: 'parameters-out-of-order', index });
  }
  for (const index of parameters.keys()) {
    const uses = seen.get(index) ?? 0;
    if (uses === 0) findings.push({ code: 'parameter-unused', index });
    if (uses > 1) findings.push({ code: 'parameter-used-twice', index });
  }
  return findings.filter(
    (finding, position) =>
      findings.findIndex(({ code, index }) => code === finding.code && index === finding.index) === position,
  );
}
