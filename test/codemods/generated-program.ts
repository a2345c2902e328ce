import fc from 'fast-check';

/** A program as a tree, so that its parts can be drawn one by one; `printProgram` makes TypeScript of it. */
export interface GeneratedProgram {
  /** How the code holds the runner. */
  readonly shape: 'parameter' | 'deps' | 'destructured deps' | 'field' | 'parameter property';
  /** Where the runner comes from: a facade made on the spot, one from a function, or a fake. */
  readonly root: 'facade' | 'variable' | 'made elsewhere' | 'fake';
  readonly statements: readonly Statement[];
}

type Statement =
  | { readonly kind: 'await' | 'constant' | 'catch' | 'then' | 'closure' | 'block'; readonly call: Call }
  | { readonly kind: 'all' | 'condition'; readonly call: Call; readonly other: Call }
  | { readonly kind: 'try' | 'loop'; readonly statements: readonly Statement[] }
  | { readonly kind: 'change' };

interface Call {
  readonly method: keyof typeof methods;
  readonly parameters: readonly Value[];
}

type Value = string | { readonly nested: Call };

/** Kinds of the parameters of each method, after the context. */
const methods = {
  killTask: ['text'],
  moveTask: ['text', 'text'],
  startTask: ['text', 'text'],
  lastExit: ['text'],
  stopAll: ['text', 'text'],
  registerImage: ['text', 'flag', 'optional text', 'number', 'number', 'text'],
  getImage: ['text'],
  tagImage: ['text', 'optional text'],
  labelImage: ['text'],
  describeImage: ['text', 'flag'],
  purgeImage: ['text', 'text'],
  fetchLog: ['text'],
} as const;

const effects = ["mark('a')", "mark('b')", "await later('c')", 'next()', '`${mark("d")}!`'];
const values: Readonly<Record<string, readonly string[]>> = {
  text: [
    "'x'",
    "'a text that is rather long'",
    'fixed',
    'current',
    'box.value',
    "'throws at once'",
    "'rejects'",
    ...effects,
  ],
  'optional text': ['undefined', "'y'", 'maybe', 'fixed', "mark('e')", 'box.value'],
  flag: ['undefined', 'true', 'false', "mark('f') === 'f'", 'box.flag'],
  number: ['undefined', '1', "mark('n').length", '-2'],
};

const { statement } = fc.letrec<{ call: Call; statement: Statement; value: Value }>((tie) => ({
  value: fc.constant("'x'"),
  call: fc.constantFrom(...(Object.keys(methods) as (keyof typeof methods)[])).chain((method) =>
    fc
      .tuple(
        ...methods[method].map((kind): fc.Arbitrary<Value> => {
          const plain = fc.constantFrom(...(values[kind] ?? []));
          if (kind !== 'text') return plain;
          const nested = tie('call').map((inner): Value => ({ nested: { ...inner, method: 'getImage' } }));
          return fc.oneof(
            { maxDepth: 2, depthSize: 'small' },
            { weight: 9, arbitrary: plain },
            { weight: 1, arbitrary: nested },
          );
        }),
      )
      .map((parameters): Call => ({ method, parameters })),
  ),
  statement: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.record({
      kind: fc.constantFrom(
        'await' as const,
        'constant' as const,
        'catch' as const,
        'then' as const,
        'closure' as const,
        'block' as const,
      ),
      call: tie('call'),
    }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'condition' as const),
      call: tie('call'),
      other: tie('call'),
    }),
    fc.constant({ kind: 'change' as const }),
    fc.record({
      kind: fc.constantFrom('try' as const, 'loop' as const),
      statements: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));
/** Programs over the fixtures' facade. */
export const generatedProgram: fc.Arbitrary<GeneratedProgram> = fc.record({
  shape: fc.constantFrom('parameter', 'deps', 'destructured deps', 'field', 'parameter property'),
  root: fc.constantFrom('facade', 'variable', 'made elsewhere', 'fake'),
  statements: fc.array(statement, { minLength: 1, maxLength: 5 }),
});

/** The program as one module that exports `behaviour`. */
export function printProgram({ shape, root, statements }: GeneratedProgram): string {
  let names = 0;
  const receiver = {
    parameter: 'runner',
    deps: 'deps.runner',
    'destructured deps': 'runner',
    field: 'this.runner',
    'parameter property': 'this.runner',
  }[shape];
  const printValue = (value: Value): string =>
    typeof value === 'string' ? value : `await ${printCall(value.nested)}`;
  const printCall = ({ method, parameters }: Call): string => {
    const count = methods[method].length;
    return `${receiver}.${method}(${['ctx', ...parameters.slice(0, count).map(printValue)].join(', ')})`;
  };
  const isWaiting = (one: Call): boolean => printCall(one).includes('await');
  const printStatement = (one: Statement): string => {
    switch (one.kind) {
      case 'await':
        return `await ${printCall(one.call)};`;
      case 'constant':
        return `const result${(names += 1)} = await ${printCall(one.call)};\n    mark(String(result${names}));`;
      case 'catch':
        return `await ${printCall(one.call)}.catch(() => mark('rejected'));`;
      case 'then':
        return `await ${printCall(one.call)}.then(() => mark('done'));`;
      case 'closure':
        return `const run${(names += 1)} = ${isWaiting(one.call) ? 'async ' : ''}() => ${printCall(one.call)};\n    await run${names}();`;
      case 'block':
        return `if (mark('if') === 'if') {\n      await ${printCall(one.call)};\n    }`;
      case 'all': {
        // The helper behind startTask reaches a runner that is no facade some ticks later: no order among parallel calls.
        const isOrdered =
          root !== 'fake' || ![one.call, one.other].some(({ method }) => method === 'startTask');
        const both = [one.call, one.other].map((each) => `${printCall(each)}.catch(() => mark('rejected'))`);
        return isOrdered
          ? `await Promise.all([${both.join(', ')}]);`
          : both.map((each) => `await ${each};`).join('\n    ');
      }
      case 'condition':
        return `if (mark('c') === 'c' && (await ${printCall(one.call)}) !== undefined) await ${printCall(one.other)};`;
      case 'try':
        return `try {\n      ${one.statements.map(printStatement).join('\n      ')}\n    } catch (error) {\n      mark(String(error));\n    }`;
      case 'loop':
        return `for (const fixed of ['l1', 'l2']) {\n      ${one.statements.map(printStatement).join('\n      ')}\n    }`;
      case 'change':
        return `current = mark('changed');\n    box.value = current;`;
    }
  };
  const body = `let current = 'start';
    const box = { value: 'boxed', flag: true };
    const maybe = mark('m') === 'm' ? undefined : 'given';
    const next = (): string => {
      current = mark('next');
      box.value = current;
      return current;
    };
    void [fixed, maybe, next];
    ${statements.map(printStatement).join('\n    ')}
    return 'end';`;
  return `${header(shape)}
${holder(shape, body)}
${behaviour(shape, root)}`;
}

function header(shape: GeneratedProgram['shape']): string {
  const deps = shape.includes('deps') ? '\ninterface Deps {\n  readonly runner: Runner;\n}\n' : '';
  return `import type { Context, Facets } from '../facade/facets.js';
import { LegacyRunner } from '../facade/legacy-runner.js';
import type { Runner } from '../facade/runner.js';
import { fakeRunner, makeRunner } from '../support/make-runner.js';

type Mark = (label: string) => string;

const ctx: Context = { requestId: 'request-1' };
const fixed = 'fixed';
const later = (label: string): Promise<string> => Promise.resolve(label);
void [LegacyRunner, makeRunner, fakeRunner, later];
${deps}`;
}

function holder(shape: GeneratedProgram['shape'], body: string): string {
  switch (shape) {
    case 'parameter':
      return `async function use(runner: Runner, mark: Mark): Promise<unknown> {\n    ${body}\n}`;
    case 'deps':
      return `async function use(deps: Deps, mark: Mark): Promise<unknown> {\n    ${body}\n}`;
    case 'destructured deps':
      return `async function use({ runner }: Deps, mark: Mark): Promise<unknown> {\n    ${body}\n}`;
    case 'field':
      return `class Use {\n  private readonly runner: Runner;\n\n  constructor(runner: Runner) {\n    this.runner = runner;\n  }\n\n  async run(mark: Mark): Promise<unknown> {\n    ${body}\n  }\n}`;
    case 'parameter property':
      return `class Use {\n  constructor(private readonly runner: Runner) {}\n\n  async run(mark: Mark): Promise<unknown> {\n    ${body}\n  }\n}`;
  }
}

function behaviour(shape: GeneratedProgram['shape'], root: GeneratedProgram['root']): string {
  const source = {
    facade: 'new LegacyRunner(facets)',
    variable: 'runner',
    'made elsewhere': 'makeRunner(facets)',
    fake: 'fakeRunner(facets, mark)',
  }[root];
  const use = shape.includes('deps')
    ? `use({ runner: ${source} }, mark)`
    : shape === 'parameter'
      ? `use(${source}, mark)`
      : `new Use(${source}).run(mark)`;
  const variable = root === 'variable' ? '  const runner = new LegacyRunner(facets);\n' : '';
  return `export async function behaviour(facets: Facets, mark: Mark): Promise<unknown> {\n${variable}  return ${use};\n}\n`;
}
