import { functionOf, type Shape } from './shape.js';

const found = (expression: string, body: string): string =>
  `const source = ${expression};\nif (source === undefined) return 'none';\n${body}`;
const inArray = (source: string): string => `use([${source}])`;

/** Collections that have a source in them. */
export const collectionShapes: Readonly<Record<string, Shape>> = {
  'each of an array': {
    receiver: 'source',
    hold: (body) =>
      functionOf('sources: readonly Source[]', `for (const source of sources) {\n${body}\n}\nreturn 'none';`),
    use: inArray,
  },
  'first of an array': {
    receiver: 'source',
    hold: (body) => functionOf('sources: Source[]', found('sources[0]', body)),
    use: inArray,
  },
  'array that is destructured': {
    receiver: 'source',
    hold: (body) => functionOf('sources: readonly Source[]', found('sources.at(-1)', body)),
    use: inArray,
  },
  tuple: {
    receiver: 'source',
    hold: (body) => functionOf('[source, name]: readonly [Source, string]', `void name;\n${body}`),
    use: (source) => `use([${source}, mark('name')])`,
  },
  'rest parameter': {
    receiver: 'source',
    hold: (body) => functionOf('...sources: Source[]', found('sources[0]', body)),
    use: (source) => `use(${source})`,
  },
  'mapped array': {
    receiver: 'source',
    hold: (body) =>
      functionOf(
        'sources: readonly Source[]',
        `const all: unknown[] = [];\nfor (const run of sources.map((source) => async (): Promise<unknown> => {\n${body}\n})) all.push(await run());\nreturn all;`,
      ),
    use: inArray,
  },
  map: {
    receiver: 'source',
    hold: (body) => functionOf('byName: ReadonlyMap<string, Source>', found("byName.get('a')", body)),
    use: (source) => `use(new Map([['a', ${source}]]))`,
  },
  'map that is filled': {
    receiver: 'source',
    hold: (body) =>
      functionOf(
        'given: Source',
        `const byName = new Map<string, Source>();\nbyName.set('a', given);\n${found("byName.get('a')", body)}`,
      ),
    use: (source) => `use(${source})`,
  },
  record: {
    receiver: 'source',
    hold: (body) => functionOf('byName: Readonly<Record<string, Source>>', found("byName['a']", body)),
    use: (source) => `use({ a: ${source} })`,
  },
  set: {
    receiver: 'source',
    hold: (body) =>
      functionOf(
        'sources: ReadonlySet<Source>',
        `for (const source of sources) {\n${body}\n}\nreturn 'none';`,
      ),
    use: (source) => `use(new Set([${source}]))`,
  },
  'entry of an array': {
    receiver: 'entry.source',
    hold: (body) =>
      functionOf(
        'entries: readonly { readonly source: Source; readonly name: string }[]',
        `for (const entry of entries) {\n${body}\n}\nreturn 'none';`,
      ),
    use: (source) => `use([{ source: ${source}, name: 'name' }])`,
  },
};
