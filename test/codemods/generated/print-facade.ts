import type { GeneratedFacade, GeneratedMethod, ParameterKind } from './facade.js';

const typeOf = { text: 'string', 'optional text': 'string | undefined', number: 'number', flag: 'boolean' };
const typed = (kinds: readonly ParameterKind[]): string =>
  kinds.map((kind, index) => `p${index}: ${typeOf[kind]}`).join(', ');
const names = (kinds: readonly ParameterKind[]): readonly string[] => kinds.map((_, index) => `p${index}`);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A method in its four appearances. */
interface PrintedMethod {
  readonly source: string;
  readonly facade: string;
  readonly facets: readonly { readonly slot: number; readonly signature: string; readonly view: string }[];
  readonly helper?: string;
}

/** The files of a facade, by path. */
export function printFacade({ slots, methods }: GeneratedFacade): ReadonlyMap<string, string> {
  const printed = methods.map((one) => printMethod(one, slots));
  const ofSlot = (slot: number): PrintedMethod['facets'] =>
    printed.flatMap(({ facets }) => facets.filter((facet) => facet.slot === slot));
  const types = slots.map(capital).join(', ');
  const helpers = printed.flatMap(({ helper }) => (helper === undefined ? [] : [helper]));
  const imported = methods.flatMap(({ form, name }) => (form === 'helper' ? [`${name}OnFacets`] : []));
  return new Map([
    [
      '/project/facade/facets.ts',
      slots
        .map(
          (slot, index) =>
            `export interface ${capital(slot)} {\n${ofSlot(index)
              .map(({ signature }) => `  ${signature};\n`)
              .join('')}}\n`,
        )
        .join('\n'),
    ],
    [
      '/project/facade/helpers.ts',
      `import type { ${types} } from './facets.js';\nimport { mark } from '../support/trace.js';\n
export function stamp(): string {\n  return mark('stamp');\n}\n\n${helpers.join('\n')}
export type { ${types} };\n`,
    ],
    [
      '/project/facade/source.ts',
      `export interface Source {\n${printed.map(({ source }) => `  ${source};\n`).join('')}}\n`,
    ],
    [
      '/project/facade/facade.ts',
      `import type { ${types} } from './facets.js';
import { ${['stamp', ...imported].join(', ')} } from './helpers.js';
import type { Source } from './source.js';

void stamp;

export class Facade implements Source {
  constructor(${slots.map((slot) => `readonly ${slot}: ${capital(slot)}`).join(', ')}) {}

${printed.map(({ facade }) => `  ${facade}\n`).join('\n')}}

interface Bag {
${slots.map((slot) => `  readonly ${slot}: ${capital(slot)};\n`).join('')}}

const views = new WeakMap<Source, Bag>();

export function facetsOf(source: Source): Bag {
  if (Object.getPrototypeOf(source) === Facade.prototype) return source as Facade;
  const known = views.get(source);
  if (known !== undefined) return known;
  const made: Bag = {
${slots
  .map(
    (slot, index) =>
      `    ${slot}: {\n${ofSlot(index)
        .map(({ view }) => `      ${view},\n`)
        .join('')}    },\n`,
  )
  .join('')}  };
  views.set(source, made);
  return made;
}
`,
    ],
  ]);
}

function printMethod(
  { name, form, slot, parameters }: GeneratedMethod,
  slots: readonly string[],
): PrintedMethod {
  const field = `this.${slots[slot] ?? ''}`;
  const given = names(parameters);
  const result = 'Promise<string>';
  const target = form === 'identity' ? name : `${name}Now`;
  const rebuild = (call: string): string => `source.${name}(${call})`;
  const plain = (
    facetTypes: string,
    call: string,
    view: string,
    declared = typed(parameters),
  ): PrintedMethod => ({
    source: `${name}(${form === 'default' ? withDefault(declared, '?') : declared}): ${result}`,
    facade: `${form === 'async' ? 'async ' : ''}${name}(${declared}): ${result} {\n    return ${field}.${target}(${call});\n  }`,
    facets: [{ slot, signature: `${target}(${facetTypes}): ${result}`, view: `${target}: ${view}` }],
  });
  const [first = 'p0', ...others] = given;
  const same = `(${given.join(', ')}) => ${rebuild(given.join(', '))}`;
  switch (form) {
    case 'identity':
    case 'renamed':
    case 'async':
      return plain(typed(parameters), given.join(', '), same);
    case 'object':
    case 'reversed object': {
      const ordered = form === 'object' ? given : [...given].reverse();
      return plain(
        `options: { ${objectType(parameters)} }`,
        `{ ${ordered.join(', ')} }`,
        `({ ${given.join(', ')} }) => ${rebuild(given.join(', '))}`,
      );
    }
    case 'groups': {
      const view = [first, ...others.map((one) => `group?.${one} as never`)].join(', ');
      const inGroup = objectType(parameters.slice(1), 1);
      return plain(
        `options: { readonly p0: string; readonly group?: { ${inGroup} } | undefined }`,
        `{ p0, group: { ${others.join(', ')} } }`,
        `({ p0, group }) => ${rebuild(view)}`,
      );
    }
    case 'reversed': {
      const reversed = [...given].reverse().join(', ');
      const types = given.map((one, index) => `${one}: ${typeOf[parameters[index] ?? 'text']}`).reverse();
      return plain(types.join(', '), reversed, `(${reversed}) => ${rebuild(given.join(', '))}`);
    }
    case 'dropped': {
      const kept = given.slice(0, -1).join(', ');
      const view = `(${kept}) => ${rebuild([...given.slice(0, -1), 'undefined as never'].join(', '))}`;
      return plain(typed(parameters.slice(0, -1)), kept, view);
    }
    case 'repeated':
      return plain(
        `again: string, ${typed(parameters)}`,
        [first, ...given].join(', '),
        `(_again, ${given.join(', ')}) => ${rebuild(given.join(', '))}`,
      );
    case 'conditional': {
      const last = given.at(-1) ?? 'p0';
      const value = `${first} === 'x' ? ${last} : undefined`;
      return plain(
        `value: unknown`,
        value,
        `() => ${rebuild(given.map(() => 'undefined as never').join(', '))}`,
      );
    }
    case 'either': {
      const last = given.at(-1) ?? 'p0';
      return plain(
        `value: unknown`,
        `${first} || ${last}`,
        `() => ${rebuild(given.map(() => 'undefined as never').join(', '))}`,
      );
    }
    case 'default': {
      const declared = withDefault(typed(parameters), '=');
      return plain(
        typed(parameters.slice(0, -1)) + `${parameters.length > 1 ? ', ' : ''}last: string`,
        given.join(', '),
        same,
        declared,
      );
    }
    case 'rest':
      return plain(
        'fixed: string, p0: string, ...rest: string[]',
        `'fixed', p0, ...rest`,
        `(_fixed, p0, ...rest) => ${rebuild('p0, ...rest')}`,
        'p0: string, ...rest: string[]',
      );
    case 'effect first':
      return plain(
        `at: string, ${typed(parameters)}`,
        ['stamp()', ...given].join(', '),
        `(_at, ${given.join(', ')}) => ${rebuild(given.join(', '))}`,
      );
    case 'helper': {
      const second = (slot + 1) % slots.length;
      const [one = '', two = ''] = [slots[slot], slots[second]];
      const type = `{ readonly ${one}: ${capital(one)}; readonly ${two}: ${capital(two)} }`;
      return {
        source: `${name}(${typed(parameters)}): ${result}`,
        facade: `${name}(${typed(parameters)}): ${result} {\n    return ${name}OnFacets({ ${one}: this.${one}, ${two}: this.${two} }, ${given.join(', ')});\n  }`,
        helper: `export async function ${name}OnFacets({ ${one}, ${two} }: ${type}, ${typed(parameters)}): ${result} {\n  return ${two}.${name}End(await ${one}.${name}Begin(p0)${others.map((other) => `, ${other}`).join('')});\n}\n`,
        facets: [
          { slot, signature: `${name}Begin(p0: string): ${result}`, view: `${name}Begin: async (p0) => p0` },
          {
            slot: second,
            signature: `${name}End(${typed(parameters)}): ${result}`,
            view: `${name}End: ${same}`,
          },
        ],
      };
    }
    case 'statements':
      return {
        ...plain(typed(parameters), given.join(', '), same),
        facade: `async ${name}(${typed(parameters)}): ${result} {\n    stamp();\n    return ${field}.${target}(${given.join(', ')});\n  }`,
      };
  }
}

function objectType(kinds: readonly ParameterKind[], from = 0): string {
  return kinds
    .map((kind, index) => `readonly p${index + from}${kind === 'optional text' ? '?' : ''}: ${typeOf[kind]}`)
    .join('; ');
}

/** The last parameter as an optional text, or as one with a default. */
function withDefault(declared: string, how: '?' | '='): string {
  const parts = declared.split(', ');
  const last = `p${parts.length - 1}`;
  return [...parts.slice(0, -1), how === '?' ? `${last}?: string` : `${last} = 'standard'`].join(', ');
}
