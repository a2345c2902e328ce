import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findFacade } from '../../codemods/engine/facade/find-facade.js';
import { planMigration } from '../../codemods/engine/plan-migration.js';
import { behaviourOf } from './behaviour.js';
import { describePlan } from './describe-plan.js';
import { generatedConsumer, printConsumer, type GeneratedConsumer } from './generated-consumer.js';
import { generatedFacade, type GeneratedFacade } from './generated-facade.js';
import { printFacade } from './print-facade.js';
import { errorsIn, inMemoryProject, type Files } from './in-memory-project.js';
import { withSortedImports } from './with-sorted-imports.js';
import { reasons } from '../../codemods/engine/reasons.js';

/** Consumers that share a facade and a program, on average: most of a program's time goes into making it. */
const consumersPerFacade = 50;
const programs = Number(process.env['REFACET_PROGRAMS'] ?? '1000');
const seed = Number(process.env['REFACET_SEED'] ?? '20261124');

const trace = `export const trace: unknown[] = [];

export function mark(label: string): string {
  trace.push(label);
  return label;
}

export const later = (label: string): Promise<string> => Promise.resolve(mark(label));
/** What fails beside something else that throws is waited for by nobody. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

export const same = <T>(value: T): T => value;

export function record<T extends object>(name: string, rejecting: readonly string[] = []): T {
  return new Proxy({} as T, {
    get: (_target, member) => {
      if (typeof member === 'symbol' || member === 'then') return undefined;
      return (...args: unknown[]) => {
        trace.push([\`\${name}.\${member}\`, ...args]);
        const words = JSON.stringify(args);
        if (words.includes('"throw"') && !rejecting.includes(member)) throw new Error(\`\${name} threw\`);
        if (/"throw"|"reject"/.test(words)) return Promise.reject(new Error(\`\${name} rejected\`));
        return Promise.resolve(\`\${name}.\${member}\`);
      };
    },
  });
}

/** A source that is no facade. What comes to it through a helper of the facade cannot be told of a throw. */
export const fake = <T extends object>(rejecting: readonly string[]): T => record<T>('fake', rejecting);
`;

const behaviour = `import { trace } from './support/trace.js';
import { main } from './consumer.js';

export async function behaviour(): Promise<unknown> {
  const outcome = await Promise.resolve().then(main).catch((error: unknown) => String(error));
  for (let tick = 0; tick < 50; tick += 1) await undefined;
  return { trace, outcome };
}
`;

function projectOf(facade: GeneratedFacade, consumers: readonly GeneratedConsumer[]): Files {
  const capital = (slot: string): string => slot.charAt(0).toUpperCase() + slot.slice(1);
  const facets = `import type { ${facade.slots.map(capital).join(', ')} } from '../facade/facets.js';
import { record } from './trace.js';

export const facets = {
${facade.slots.map((slot) => `  ${slot}: record<${capital(slot)}>('${slot}'),\n`).join('')}};
`;
  return new Map([
    ['/project/package.json', '{ "type": "module", "private": true }'],
    ['/project/support/trace.ts', trace],
    ['/project/support/facets.ts', facets],
    ...printFacade(facade),
    ...consumers.flatMap((consumer, index) => [...printConsumer(consumer, facade, folderOf(index))]),
  ]);
}

function folderOf(index: number): string {
  return `/project/src/consumer-${index}`;
}

const choice = 'facade/facade.ts#Facade';

function migrate(files: Files, order: 'ascending' | 'descending', scope: readonly string[] = []) {
  const project = inMemoryProject(files, {}, order, choice);
  const facade = findFacade(project, { facade: choice });
  const choices = { scope, allowBindings: true, keepDoubles: false, width: 110 };
  const plan = planMigration({ project, facade, ...choices });
  const changed = new Map(plan.files.map(({ path, after }) => [path, after]));
  return { project, plan, after: new Map([...files, ...changed]), program: project.withTexts(changed) };
}

async function behavioursOf(files: Files, count: number): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    const bridge = `export { main } from './src/consumer-${index}/main.js';\n`;
    all.push(await behaviourOf({ behaviour }, new Map([...files, ['/project/consumer.ts', bridge]])));
  }
  return all;
}

/** How many uses were rewritten and left in all programs: a test in which nothing moves would show nothing. */
const seen = { consumers: 0, rewritten: 0, left: 0, reasons: new Set<string>() };

/** Throws at the first thing that a migration of the consumers does wrong. */
async function check(
  facade: GeneratedFacade,
  consumers: readonly GeneratedConsumer[],
  steps: readonly number[],
): Promise<void> {
  const files = projectOf(facade, consumers);
  const first = migrate(files, 'ascending');
  const show = (path: string): string =>
    `${files.get(path) ?? ''}\n--- became ---\n${first.after.get(path) ?? ''}`;

  expect(errorsIn(first.project.program), 'the generated project compiles').toEqual([]);
  expect(errorsIn(first.program), 'the migrated project compiles').toEqual([]);
  const { left, stays } = describePlan(first.plan, (path) => path.startsWith('/project/src/'));
  for (const line of [...left, ...stays]) {
    const reason = /: (?:blocked-by )?([\w-]+)/.exec(line)?.[1] ?? '';
    expect(reasons).toContain(reason);
    seen.reasons.add(reason);
  }
  seen.consumers += consumers.length;
  seen.left += left.length;
  seen.rewritten += first.plan.resolution.uses.length - left.length;

  const was = await behavioursOf(files, consumers.length);
  const is = await behavioursOf(first.after, consumers.length);
  for (const index of consumers.keys()) {
    expect(is[index], show(`${folderOf(index)}/use.ts`) + show(`${folderOf(index)}/main.ts`)).toEqual(
      was[index],
    );
  }

  const second = migrate(first.after, 'ascending');
  expect(
    second.plan.files.map(({ path, after }) => `${path}\n${after}`),
    'a second run changes nothing',
  ).toEqual([]);
  // One of these for each facade: what they find is in how carriers hang together, which repeats itself.
  if (consumers.length % 2 === 0) {
    const other = migrate(files, 'descending');
    for (const [path, text] of first.after)
      expect(other.after.get(path), 'the order of the files').toBe(text);
  } else checkSteps(files, first.after, steps);
}

/** Migrates a part of the files first and then all of them, as the recorded scope does: the outcome is the same. */
function checkSteps(files: Files, wanted: Files, steps: readonly number[]): void {
  const paths = [...files.keys()].filter((path) => path.startsWith('/project/src/'));
  const earlier = paths.filter((_path, index) => steps[index % steps.length] === 0);
  const half = migrate(
    files,
    'ascending',
    earlier.map((path) => path.slice('/project/'.length)),
  );
  expect(errorsIn(half.program), 'half of a migration compiles').toEqual([]);
  const whole = withSortedImports(migrate(half.after, 'ascending').after);
  for (const [path, text] of Object.entries(withSortedImports(wanted))) {
    expect(whole[path], `in two steps, the first of ${earlier.join()}\n${files.get(path) ?? ''}`).toBe(text);
  }
}

it(
  `behaves after a migration as before: ${programs} consumers of generated facades, REFACET_SEED=${seed}`,
  async () => {
    const runs = Math.ceil(programs / consumersPerFacade);
    const details = await fc.check(
      fc.asyncProperty(
        generatedFacade,
        fc.array(generatedConsumer, {
          minLength: consumersPerFacade / 2,
          maxLength: 1.5 * consumersPerFacade,
          size: 'max',
        }),
        fc.array(fc.nat({ max: 1 }), { minLength: 3, maxLength: 7 }),
        check,
      ),
      { seed, numRuns: runs, endOnFailure: process.env['REFACET_NO_SHRINK'] !== undefined },
    );

    if (details.failed) {
      throw new Error(
        `REFACET_SEED=${details.seed}, path ${details.counterexamplePath ?? ''}\n${String(details.errorInstance)}`,
        {
          cause: details.errorInstance,
        },
      );
    }
    expect(details.numRuns).toBe(runs);
    expect(seen.consumers).toBeGreaterThan(programs / 2);
    expect(seen.rewritten).toBeGreaterThan(seen.left / 2);
    expect(seen.reasons.size).toBeGreaterThan(8);
  },
  // A soak takes as long as it takes.
  process.env['REFACET_PROGRAMS'] === undefined ? 60_000 + programs * 400 : 0,
);
