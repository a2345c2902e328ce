import { call, functionOf, type Shape } from './shape.js';

const narrowed = (parameter: string, test: string) => ({
  receiver: 'source',
  hold: (body: string) => functionOf(parameter, `if (${test}) return 'none';\n${body}`),
  use: call,
});

/** Functions that are handed a source as an argument. */
export const functionShapes: Readonly<Record<string, Shape>> = {
  parameter: { receiver: 'source', hold: (body) => functionOf('source: Source', body), use: call },
  'local alias': {
    receiver: 'local',
    hold: (body) => functionOf('source: Source', `const local = source;\n${body}`),
    use: call,
  },
  'handed on': {
    receiver: 'source',
    hold: (body) =>
      `${functionOf('source: Source', body)}\n\nexport function handOn(first: string, source: Source): Promise<unknown> {\nmark(first);\nreturn use(source);\n}`,
    imported: '{ handOn }',
    use: (source) => `handOn(mark('first'), ${source})`,
  },
  optional: narrowed('source?: Source', '!source'),
  'or undefined': narrowed('source: Source | undefined', 'source === undefined'),
  'or null': narrowed('source: Source | null', 'source == null'),
  'arrow function': {
    receiver: 'source',
    hold: (body) => `export const use = async (source: Source): Promise<unknown> => {\n${body}\n};`,
    use: call,
  },
  'function expression': {
    receiver: 'source',
    hold: (body) => `export const use = async function (source: Source): Promise<unknown> {\n${body}\n};`,
    use: call,
  },
  'default export': {
    receiver: 'source',
    hold: (body) => functionOf('source: Source', body).replace('export', 'export default'),
    imported: 'use',
    use: call,
  },
  'namespace import': {
    receiver: 'source',
    hold: (body) => functionOf('source: Source', body),
    imported: '* as uses',
    use: (source) => `uses.use(${source})`,
  },
  'renamed import': {
    receiver: 'source',
    hold: (body) => functionOf('source: Source', body),
    imported: '{ use as consume }',
    use: (source) => `consume(${source})`,
  },
  'parameter with a default': {
    receiver: 'source',
    hold: (body) => functionOf('given: Source, source: Source = given', body),
    use: call,
  },
  'between other parameters': {
    receiver: 'source',
    hold: (body) =>
      functionOf('before: string, source: Source, after: string', `void [before, after];\n${body}`),
    use: (source) => `use(mark('before'), ${source}, mark('after'))`,
  },
  curried: {
    receiver: 'source',
    hold: (body) => `export const use =\n(source: Source) =>\nasync (): Promise<unknown> => {\n${body}\n};`,
    use: (source) => `use(${source})()`,
  },
  'closure in an object': {
    receiver: 'source',
    hold: (body) =>
      `export function use(source: Source): { run(): Promise<unknown> } {\nreturn {\nrun: async () => {\n${body}\n},\n};\n}`,
    use: (source) => `use(${source}).run()`,
  },
  'object that uses itself': {
    receiver: 'this.source',
    hold: (body) =>
      `export function use(source: Source) {\nreturn {\nsource,\nasync run(): Promise<unknown> {\n${body}\n},\n};\n}`,
    use: (source) => `use(${source}).run()`,
  },
  callback: {
    receiver: 'source',
    hold: (body) =>
      `async function withSource(source: Source, run: (source: Source) => Promise<unknown>): Promise<unknown> {\nmark('opened');\ntry {\nreturn await run(source);\n} finally {\nmark('closed');\n}\n}\n\nexport function use(given: Source): Promise<unknown> {\nreturn withSource(given, async (source) => {\n${body}\n});\n}`,
    use: call,
  },
  promise: {
    receiver: 'source',
    hold: (body) => functionOf('promised: Promise<Source>', `const source = await promised;\n${body}`),
    use: (source) => `use(Promise.resolve(${source}))`,
  },
  maker: {
    receiver: 'source',
    hold: (body) => functionOf('make: () => Source', `const source = make();\n${body}`),
    use: (source) => `use(() => ${source})`,
  },
  'read from a function': {
    receiver: 'find()',
    hold: (body) => functionOf('source: Source', `const find = (): Source => source;\n${body}`),
    use: call,
  },
  'type parameter': {
    receiver: 'source',
    hold: (body) => `export async function use<T extends Source>(source: T): Promise<unknown> {\n${body}\n}`,
    use: call,
  },
  'beside a type parameter': {
    receiver: 'source',
    hold: (body) =>
      `export async function use<T>(source: Source, value: T): Promise<unknown> {\nvoid value;\n${body}\n}`,
    use: (source) => `use(${source}, 1)`,
  },
  overloaded: {
    receiver: 'source',
    hold: (body) =>
      `export function use(source: Source): Promise<unknown>;\nexport function use(source: Source, more: string): Promise<unknown>;\n${functionOf("source: Source, more = 'more'", `mark(more);\n${body}`)}`,
    use: call,
  },
  'called by call': {
    receiver: 'source',
    hold: (body) => functionOf('source: Source', body),
    use: (source) => `use.call(undefined, ${source})`,
  },
  bound: {
    receiver: 'source',
    hold: (body) => functionOf('source: Source', body),
    use: (source) => `use.bind(undefined, ${source})()`,
  },
  'spread arguments': {
    receiver: 'source',
    hold: (body) => functionOf('source: Source', body),
    use: (source) => `use(...([${source}] as const))`,
  },
  'passed as a value': {
    receiver: 'source',
    hold: (body) =>
      `${functionOf('source: Source', body, 'run')}\n\nexport function use(source: Source): Promise<unknown> {\nconst [first = run] = [run];\nreturn first(source);\n}`,
    use: call,
  },
  'async generator': {
    receiver: 'source',
    hold: (body) =>
      `async function* steps(source: Source): AsyncGenerator<string, unknown> {\nyield mark('step');\n${body}\n}\n\nexport async function use(source: Source): Promise<unknown> {\nconst all = steps(source);\nawait all.next();\nreturn (await all.next()).value;\n}`,
    use: call,
  },
  'alias of the type': {
    receiver: 'source',
    hold: (body) => `type Backend = Source;\n\n${functionOf('source: Backend', body)}`,
    use: call,
  },
  'chosen between two': {
    receiver: 'source',
    hold: (body) =>
      functionOf(
        'left: Source, right: Source',
        `const source = mark('left') === 'left' ? left : right;\n${body}`,
      ),
    use: (source) => `use(${source}, ${source})`,
  },
  'set again': {
    receiver: 'source',
    hold: (body) =>
      functionOf('given: Source, other: Source', `let source = given;\nsource = other;\n${body}`),
    use: (source) => `use(${source}, ${source})`,
  },
  'variable of the module': {
    receiver: 'kept',
    hold: (body) =>
      `let kept: Source;\n\nexport function use(source: Source): Promise<unknown> {\nkept = source;\nreturn run();\n}\n\nasync function run(): Promise<unknown> {\n${body}\n}`,
    use: call,
  },
  returned: {
    receiver: 'source',
    hold: (body) =>
      `function pass(source: Source): Source {\nreturn source;\n}\n\n${functionOf('given: Source', `const source = pass(given);\n${body}`)}`,
    use: call,
  },
  'recursive function': {
    receiver: 'source',
    hold: (body) =>
      functionOf('source: Source, depth = 0', `if (depth < 1) return use(source, depth + 1);\n${body}`),
    use: call,
  },
  'function in a function': {
    receiver: 'inner',
    hold: (body) =>
      functionOf(
        'source: Source',
        `async function run(inner: Source): Promise<unknown> {\n${body}\n}\nreturn run(source);`,
      ),
    use: call,
  },
};
