/** The ways in which generated code holds a source. */
export const shapes = [
  'parameter',
  'deps',
  'destructured deps',
  'renamed deps',
  'field',
  'hash field',
  'parameter property',
  'base class',
  'local alias',
  'handed on',
  'optional',
] as const;

export type Shape = (typeof shapes)[number];

/** How the code reads the source that it holds. */
export const receivers: Readonly<Record<Shape, string>> = {
  parameter: 'source',
  deps: 'deps.source',
  'destructured deps': 'source',
  'renamed deps': 'backend',
  field: 'this.source',
  'hash field': 'this.#source',
  'parameter property': 'this.source',
  'base class': 'this.source',
  'local alias': 'local',
  'handed on': 'source',
  optional: 'source',
};

const inFunction = (parameter: string, body: string): string =>
  `async function use(${parameter}): Promise<unknown> {\n${body}\n}`;
const deps = 'interface Deps {\nreadonly source: Source;\n}\n\n';
const run = (body: string): string => `async run(): Promise<unknown> {\n${body}\n}`;

/** The declarations that hold the source, around a body. */
export const holders: Readonly<Record<Shape, (body: string) => string>> = {
  parameter: (body) => inFunction('source: Source', body),
  deps: (body) => deps + inFunction('deps: Deps', body),
  'destructured deps': (body) => deps + inFunction('{ source }: Deps', body),
  'renamed deps': (body) => deps + inFunction('{ source: backend }: Deps', body),
  field: (body) =>
    `class Use {\nprivate readonly source: Source;\n\nconstructor(source: Source) {\nthis.source = source;\n}\n\n${run(body)}\n}`,
  'hash field': (body) =>
    `class Use {\nreadonly #source: Source;\n\nconstructor(source: Source) {\nthis.#source = source;\n}\n\n${run(body)}\n}`,
  'parameter property': (body) =>
    `class Use {\nconstructor(private readonly source: Source) {}\n\n${run(body)}\n}`,
  'base class': (body) =>
    `class Base {\nconstructor(protected readonly source: Source) {}\n}\n\nclass Use extends Base {\n${run(body)}\n}`,
  'local alias': (body) => inFunction('source: Source', `const local = source;\n${body}`),
  'handed on': (body) =>
    `${inFunction('source: Source', body)}\n\nfunction handOn(first: string, source: Source): Promise<unknown> {\nmark(first);\nreturn use(source);\n}`,
  optional: (body) => inFunction('source?: Source', `if (!source) return 'none';\n${body}`),
};

const call = (source: string): string => `use(${source})`;
const withDeps = (source: string): string => `use({ source: ${source} })`;
const make = (source: string): string => `new Use(${source}).run()`;

/** How a source is handed to what holds it. */
export const uses: Readonly<Record<Shape, (source: string) => string>> = {
  parameter: call,
  deps: withDeps,
  'destructured deps': withDeps,
  'renamed deps': withDeps,
  field: make,
  'hash field': make,
  'parameter property': make,
  'base class': make,
  'local alias': call,
  'handed on': (source) => `handOn(mark('first'), ${source})`,
  optional: call,
};
