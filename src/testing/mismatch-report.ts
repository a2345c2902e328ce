import { missing } from './difference.js';
import type { Mismatch } from './mismatch.js';
import type { Observation } from './observation.js';
import type { Scenario } from './scenario.js';
import { sourceText } from './source-text.js';

/** Where a mismatch came from, for whoever wants to see it again. */
export interface Origin {
  readonly seed?: number | undefined;
  readonly path?: string | undefined;
  /** File that the scenario was kept in. */
  readonly keptIn?: string | undefined;
}

/** A mismatch for people: what differs, the scenario as code to paste into a test, and what both sides did. */
export function reportMismatch(mismatch: Mismatch, origin: Origin = {}): string {
  const { between, difference, scenario, at, rows } = mismatch;
  const where =
    at < scenario.calls.length
      ? `call ${at + 1} (${scenario.calls[at]?.method ?? ''})`
      : `the calls that ran together`;
  return [
    `${between[1]} differs from ${between[0]} at ${where}:`,
    `  ${difference.path === '' ? 'everything' : difference.path}`,
    `    ${between[0]}: ${shown(difference.expected)}`,
    `    ${between[1]}: ${shown(difference.actual)}`,
    ...(rows.length > 0 ? [`  under the divergences: ${rows.join(', ')}`] : []),
    ...originLines(origin),
    '',
    'As a test:',
    '',
    scenarioAsTest(scenario, between),
    '',
    `What ${between[0]} did${rows.length > 0 ? ', as the divergences have it' : ''}:`,
    ...trace(mismatch.expected),
    `What ${between[1]} did:`,
    ...trace(mismatch.actual),
  ].join('\n');
}

/** A scenario as a test in TypeScript. */
export function scenarioAsTest(scenario: Scenario, between: readonly [string, string]): string {
  const methods = [...scenario.calls, ...(scenario.together ?? [])].map(({ method }) => method);
  return [
    `it('${between[1]} does as ${between[0]}: ${methods.join(', ')}', async () => {`,
    `  await assertEquivalent(equivalence, ${sourceText(withoutAbsent(scenario), '  ')});`,
    '});',
  ].join('\n');
}

function originLines({ seed, path, keptIn }: Origin): readonly string[] {
  return [
    ...(seed === undefined ? [] : [`  seed ${seed}${path === undefined ? '' : `, path ${path}`}`]),
    ...(keptIn === undefined ? [] : [`  kept in ${keptIn}`]),
  ];
}

function withoutAbsent(scenario: Scenario): Scenario {
  return Object.fromEntries(
    Object.entries(scenario).filter(([, part]) => part !== undefined),
  ) as unknown as Scenario;
}

function trace({ requests, outcomes, logs }: Observation): readonly string[] {
  return [
    ...requests.map(({ operation, input, outcome }) => `  → ${operation} ${cut(input)} ⇒ ${cut(outcome)}`),
    ...logs.map((log) => `  log ${cut(log)}`),
    ...outcomes.map((outcome) => `  = ${cut(outcome)}`),
  ];
}

function shown(value: unknown): string {
  return value === missing ? '(not there)' : sourceText(value, '    ');
}

function cut(value: unknown): string {
  const text = sourceText(value, '', Number.POSITIVE_INFINITY);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
