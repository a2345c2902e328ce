import type { Shape } from './shape.js';

const run = (body: string): string => `async run(): Promise<unknown> {\n${body}\n}`;
const made = (receiver: string, hold: (body: string) => string): Shape => ({
  receiver,
  hold,
  imported: '{ Use }',
  use: (source) => `new Use(${source}).run()`,
});
const deps = 'interface Deps {\nreadonly source: Source;\n}\n\n';
const madeOfDeps = (constructor: string): Shape => ({
  ...made(
    'this.source',
    (body) =>
      `${deps}export class Use {\nprivate readonly source: Source;\n\n${constructor}\n\n${run(body)}\n}`,
  ),
  use: (source) => `new Use({ source: ${source} }).run()`,
});
const base = 'class Base {\nconstructor(protected readonly source: Source) {}\n}\n\n';

/** Classes that keep a source. */
export const classShapes: Readonly<Record<string, Shape>> = {
  field: made(
    'this.source',
    (body) =>
      `export class Use {\nprivate readonly source: Source;\n\nconstructor(source: Source) {\nthis.source = source;\n}\n\n${run(body)}\n}`,
  ),
  'hash field': made(
    'this.#source',
    (body) =>
      `export class Use {\nreadonly #source: Source;\n\nconstructor(source: Source) {\nthis.#source = source;\n}\n\n${run(body)}\n}`,
  ),
  'parameter property': made(
    'this.source',
    (body) => `export class Use {\nconstructor(private readonly source: Source) {}\n\n${run(body)}\n}`,
  ),
  'public parameter property': made(
    'this.source',
    (body) => `export class Use {\nconstructor(public source: Source) {}\n\n${run(body)}\n}`,
  ),
  'parameter of the constructor': made(
    'source',
    (body) =>
      `export class Use {\nreadonly run: () => Promise<unknown>;\n\nconstructor(source: Source) {\nthis.run = async () => {\n${body}\n};\n}\n}`,
  ),
  'base class': made('this.source', (body) => `${base}export class Use extends Base {\n${run(body)}\n}`),
  'base class and a field of its own': made(
    'this.own',
    (body) =>
      `${base}export class Use extends Base {\nconstructor(private readonly own: Source) {\nsuper(own);\n}\n\n${run(body)}\n}`,
  ),
  'abstract method': made(
    'source',
    (body) =>
      `abstract class Base {\nconstructor(private readonly held: Source) {}\n\nprotected abstract work(source: Source): Promise<unknown>;\n\nrun(): Promise<unknown> {\nreturn this.work(this.held);\n}\n}\n\nexport class Use extends Base {\nprotected async work(source: Source): Promise<unknown> {\n${body}\n}\n}`,
  ),
  'overridden method': made(
    'source',
    (body) =>
      `class Base {\nconstructor(private readonly held: Source) {}\n\nprotected work(source: Source): Promise<unknown> {\nvoid source;\nreturn Promise.resolve('base');\n}\n\nrun(): Promise<unknown> {\nreturn this.work(this.held);\n}\n}\n\nexport class Use extends Base {\nprotected override async work(source: Source): Promise<unknown> {\nmark(String(await super.work(source)));\n${body}\n}\n}`,
  ),
  'field from deps': madeOfDeps('constructor(deps: Deps) {\nthis.source = deps.source;\n}'),
  'field from destructured deps': madeOfDeps('constructor({ source }: Deps) {\nthis.source = source;\n}'),
  'deps in a field': {
    ...made(
      'this.deps.source',
      (body) => `${deps}export class Use {\nconstructor(private readonly deps: Deps) {}\n\n${run(body)}\n}`,
    ),
    use: (source) => `new Use({ source: ${source} }).run()`,
  },
  'static method': {
    receiver: 'source',
    hold: (body) => `export class Use {\nstatic async run(source: Source): Promise<unknown> {\n${body}\n}\n}`,
    imported: '{ Use }',
    use: (source) => `Use.run(${source})`,
  },
  'static field': {
    receiver: 'Use.source',
    hold: (body) =>
      `export class Use {\nstatic source: Source;\n\nstatic ${run(body)}\n\nstatic start(source: Source): Promise<unknown> {\nUse.source = source;\nreturn Use.run();\n}\n}`,
    imported: '{ Use }',
    use: (source) => `Use.start(${source})`,
  },
  getter: made(
    'this.backend',
    (body) =>
      `export class Use {\nconstructor(private readonly source: Source) {}\n\nprivate get backend(): Source {\nreturn this.source;\n}\n\n${run(body)}\n}`,
  ),
  'destructured this': made(
    'source',
    (body) =>
      `export class Use {\nconstructor(private readonly source: Source) {}\n\n${run(`const { source } = this;\n${body}`)}\n}`,
  ),
  'private method': made(
    'source',
    (body) =>
      `export class Use {\nconstructor(private readonly held: Source) {}\n\nrun(): Promise<unknown> {\nreturn this.#work(this.held);\n}\n\nasync #work(source: Source): Promise<unknown> {\n${body}\n}\n}`,
  ),
  'arrow property': made(
    'this.source',
    (body) =>
      `export class Use {\nconstructor(private readonly source: Source) {}\n\nreadonly run = async (): Promise<unknown> => {\n${body}\n};\n}`,
  ),
  setter: {
    receiver: 'source',
    hold: (body) =>
      `export class Use {\nprivate source?: Source;\n\nuse(source: Source): this {\nthis.source = source;\nreturn this;\n}\n\n${run(`const { source } = this;\nif (!source) return 'none';\n${body}`)}\n}`,
    imported: '{ Use }',
    use: (source) => `new Use().use(${source}).run()`,
  },
  'field that is set later': {
    receiver: 'this.source',
    hold: (body) =>
      `export class Use {\nprivate source!: Source;\n\nopen(source: Source): void {\nthis.source = source;\n}\n\n${run(body)}\n}\n\nexport function use(source: Source): Promise<unknown> {\nconst made = new Use();\nmade.open(source);\nreturn made.run();\n}`,
    use: (source) => `use(${source})`,
  },
  'generic class': {
    ...made(
      'this.source',
      (body) =>
        `export class Use<T> {\nconstructor(private readonly source: Source, readonly value: T) {}\n\n${run(body)}\n}`,
    ),
    use: (source) => `new Use<string>(${source}, mark('value')).run()`,
  },
  'class expression': made(
    'this.source',
    (body) => `export const Use = class {\nconstructor(readonly source: Source) {}\n\n${run(body)}\n};`,
  ),
  'class that makes another': made(
    'this.source',
    (body) =>
      `class Inner {\nconstructor(private readonly source: Source) {}\n\n${run(body)}\n}\n\nexport class Use {\nprivate readonly inner: Inner;\n\nconstructor(source: Source) {\nthis.inner = new Inner(source);\n}\n\nrun(): Promise<unknown> {\nreturn this.inner.run();\n}\n}`,
  ),
  'method of an interface': {
    receiver: 'source',
    hold: (body) =>
      `interface Worker {\nrun(source: Source): Promise<unknown>;\n}\n\nclass Use implements Worker {\nasync run(source: Source): Promise<unknown> {\n${body}\n}\n}\n\nexport function use(source: Source): Promise<unknown> {\nconst worker: Worker = new Use();\nreturn worker.run(source);\n}`,
    use: (source) => `use(${source})`,
  },
  'factory of its own': {
    ...made(
      'this.source',
      (body) =>
        `export class Use {\nprivate constructor(private readonly source: Source) {}\n\nstatic of(source: Source): Use {\nreturn new Use(source);\n}\n\n${run(body)}\n}`,
    ),
    use: (source) => `Use.of(${source}).run()`,
  },
};
