import { functionOf, type Shape } from './shape.js';

const deps = 'interface Deps {\nreadonly source: Source;\n}\n\n';
const outer = `${deps}interface Outer {\nreadonly inner: Deps;\nreadonly name: string;\n}\n\n`;
const inDeps = (source: string): string => `use({ source: ${source} })`;
const inOuter = (source: string): string => `use({ name: mark('name'), inner: { source: ${source} } })`;
const withName = (source: string): string => `use({ source: ${source}, name: mark('name') })`;

/** Objects of dependencies that have a source among them. */
export const depsShapes: Readonly<Record<string, Shape>> = {
  deps: { receiver: 'deps.source', hold: (body) => deps + functionOf('deps: Deps', body), use: inDeps },
  'destructured deps': {
    receiver: 'source',
    hold: (body) => deps + functionOf('{ source }: Deps', body),
    use: inDeps,
  },
  'renamed deps': {
    receiver: 'backend',
    hold: (body) => deps + functionOf('{ source: backend }: Deps', body),
    use: inDeps,
  },
  'deps destructured in the body': {
    receiver: 'source',
    hold: (body) => deps + functionOf('deps: Deps', `const { source } = deps;\n${body}`),
    use: inDeps,
  },
  'deps by name': {
    receiver: "deps['source']",
    hold: (body) => deps + functionOf('deps: Deps', body),
    use: inDeps,
  },
  'literal type': {
    receiver: 'deps.source',
    hold: (body) => functionOf('deps: { readonly source: Source }', body),
    use: inDeps,
  },
  'deps in deps': {
    receiver: 'outer.inner.source',
    hold: (body) => outer + functionOf('outer: Outer', body),
    use: inOuter,
  },
  'deps in deps, destructured': {
    receiver: 'source',
    hold: (body) => outer + functionOf('{ inner: { source }, name }: Outer', `void name;\n${body}`),
    use: inOuter,
  },
  'rest of deps': {
    receiver: 'rest.source',
    hold: (body) =>
      `interface Deps {\nreadonly source: Source;\nreadonly name: string;\n}\n\n${functionOf('{ name, ...rest }: Deps', `void name;\n${body}`)}`,
    use: withName,
  },
  'deps with a default': {
    receiver: 'source',
    hold: (body) =>
      `interface Deps {\nreadonly other: Source;\nreadonly source?: Source;\n}\n\n${functionOf('{ other, source = other }: Deps', body)}`,
    use: (source) => `use({ other: ${source} })`,
  },
  'optional in deps': {
    receiver: 'source',
    hold: (body) =>
      `interface Deps {\nreadonly source?: Source;\n}\n\n${functionOf('{ source }: Deps', `if (!source) return 'none';\n${body}`)}`,
    use: inDeps,
  },
  'deps and more': {
    receiver: 'deps.source',
    hold: (body) => deps + functionOf('deps: Deps & { readonly name: string }', body),
    use: withName,
  },
  'extended deps': {
    receiver: 'deps.source',
    hold: (body) =>
      `${deps}interface More extends Deps {\nreadonly name: string;\n}\n\n${functionOf('deps: More', body)}`,
    use: withName,
  },
  'picked deps': {
    receiver: 'deps.source',
    hold: (body) =>
      `${deps.replace('Deps {', 'Deps {\nreadonly name: string;')}${functionOf("deps: Pick<Deps, 'source'>", body)}`,
    use: inDeps,
  },
  'partial deps': {
    receiver: 'source',
    hold: (body) =>
      `${deps}${functionOf('deps: Partial<Deps>', `const { source } = deps;\nif (!source) return 'none';\n${body}`)}`,
    use: inDeps,
  },
  'spread deps': {
    receiver: 'deps.source',
    hold: (body) =>
      `${deps}${functionOf('deps: Deps & { readonly name: string }', body, 'run')}\n\nexport function use(deps: Deps): Promise<unknown> {\nreturn run({ ...deps, name: 'name' });\n}`,
    use: inDeps,
  },
  'deps handed on': {
    receiver: 'deps.source',
    hold: (body) =>
      `${deps}${functionOf('deps: Deps', body, 'run')}\n\nexport const use = (deps: Deps): Promise<unknown> => run(deps);`,
    use: inDeps,
  },
  'deps looked at': {
    receiver: 'deps.source',
    hold: (body) => deps + functionOf('deps: Deps', `mark(Object.keys(deps).join());\n${body}`),
    use: inDeps,
  },
  'deps of a type parameter': {
    receiver: 'deps.source',
    hold: (body) =>
      `${deps}export async function use<D extends Deps>(deps: D): Promise<unknown> {\n${body}\n}`,
    use: inDeps,
  },
  'generic deps': {
    receiver: 'deps.source',
    hold: (body) =>
      `interface Deps<T> {\nreadonly source: Source;\nreadonly name: T;\n}\n\n${functionOf('deps: Deps<string>', body)}`,
    use: withName,
  },
  'deps that are a receiver': {
    receiver: 'this.source',
    hold: (body) => `${deps}${functionOf('this: Deps', body)}`,
    use: (source) => `use.call({ source: ${source} })`,
  },
  'deps with a getter': {
    receiver: 'deps.source',
    hold: (body) => deps + functionOf('deps: Deps', body),
    use: (source) => `use({\nget source(): Source {\nmark('got');\nreturn ${source};\n},\n})`,
  },
  'deps that change': {
    receiver: 'deps.source',
    hold: (body) =>
      `interface Deps {\nsource: Source;\nother: Source;\n}\n\n${functionOf('deps: Deps', `deps.source = deps.other;\n${body}`)}`,
    use: (source) => `use({ source: ${source}, other: ${source} })`,
  },
  'constant deps': {
    receiver: 'deps.source',
    hold: (body) =>
      functionOf(
        'source: Source',
        `const deps = { source, name: 'name' } as const;\nvoid deps.name;\n${body}`,
      ),
    use: (source) => `use(${source})`,
  },
};
