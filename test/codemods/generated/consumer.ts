import fc from 'fast-check';
import { breaksTheLaw, changesTicks, type GeneratedFacade, type ParameterKind } from './facade.js';
import type { Shape } from './shape.js';
import { shapes } from './shapes.js';
import { blockStatements, simpleStatements, staying, type Parts } from './statements.js';
import { choicesFor, knownPalettes, textCount } from './values.js';

const roots = ['facade in place', 'facade in a constant', 'fake in place', 'fake in a constant'] as const;

/** A call: which method, modulo how many there are, what stands for its arguments, and how it is written. */
export interface Call {
  readonly method: number;
  readonly values: readonly Value[];
  readonly form: number;
}
type Value = { readonly pick: number } | { readonly nested: Call };

/** A statement by its name, with what it is around. */
export interface Statement {
  readonly kind: string;
  readonly call: Call;
  readonly other: Call;
  readonly statements: readonly Statement[];
}

/** Code that holds a source in some way and uses it. */
export interface GeneratedConsumer {
  readonly shape: string;
  readonly root: (typeof roots)[number];
  readonly comments: boolean;
  /** Arguments have no effects, so that nothing keeps a call from moving but its form. */
  readonly isCalm: boolean;
  /** The few texts that its arguments are made of: what is rare everywhere meets often somewhere. */
  readonly palette: readonly number[];
  readonly statements: readonly Statement[];
}

const kindOf = (...tables: readonly object[]) => fc.constantFrom(...tables.flatMap(Object.keys));
const { statement } = fc.letrec<{ call: Call; value: Value; statement: Statement }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { weight: 9, arbitrary: fc.record({ pick: fc.nat({ max: 60 }) }) },
    { weight: 1, arbitrary: fc.record({ nested: tie('call') }) },
  ),
  call: fc.record({
    method: fc.nat({ max: 20 }),
    values: fc.array(tie('value'), { minLength: 0, maxLength: 4 }),
    form: fc.nat({ max: 40 }),
  }),
  statement: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.oneof(
          { weight: 40, arbitrary: kindOf(simpleStatements) },
          { weight: 1, arbitrary: kindOf(staying) },
        ),
        call: tie('call'),
        other: tie('call'),
        statements: fc.constant([]),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: kindOf(blockStatements),
        call: fc.constant({ method: 0, values: [], form: 0 }),
        other: fc.constant({ method: 0, values: [], form: 0 }),
        statements: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }),
      }),
    },
  ),
}));

/** Consumers of any facade. */
export const generatedConsumer: fc.Arbitrary<GeneratedConsumer> = fc.record({
  shape: fc.constantFrom(...Object.keys(shapes)),
  root: fc.constantFrom(...roots),
  comments: fc.nat({ max: 3 }).map((one) => one === 3),
  isCalm: fc.nat({ max: 3 }).map((one) => one === 3),
  palette: fc.oneof(
    fc.uniqueArray(fc.nat({ max: textCount - 1 }), { minLength: 2, maxLength: 4 }),
    fc.constantFrom(...knownPalettes),
  ),
  // One use that has to stay keeps all others: much of what can go wrong shows in short programs only.
  statements: fc.oneof(
    fc.array(statement, { minLength: 1, maxLength: 1 }),
    fc.array(statement, { minLength: 1, maxLength: 4 }),
  ),
});

/** The modules of a consumer, by path: `main.ts` exports `main` and hands a source to `use.ts`. */
export function printConsumer(
  consumer: GeneratedConsumer,
  { slots, methods }: GeneratedFacade,
  folder: string,
): ReadonlyMap<string, string> {
  const { root, comments, statements } = consumer;
  const shape: Shape | undefined = shapes[consumer.shape];
  if (shape === undefined) throw new Error(`there is no shape ${consumer.shape}`);
  const isFake = root.startsWith('fake');
  let numbers = 0;
  let marks = 0;

  const usable = isFake ? methods.filter((one) => !breaksTheLaw(one)) : methods;
  const methodOf = ({ method }: Call) => usable[method % usable.length];
  const isSteady = (call: Call): boolean => {
    const method = methodOf(call);
    const nested = call.values.every((value) => !('nested' in value) || isSteady(value.nested));
    return method === undefined || (!changesTicks(method) && nested);
  };
  const printValue = (value: Value | undefined, kind: ParameterKind, index: number, by: string): string => {
    const mayNest = kind === 'text' || kind === 'optional text';
    if (value !== undefined && 'nested' in value && mayNest) return `await ${printCall(value.nested, by)}`;
    const pick = value !== undefined && 'pick' in value ? value.pick : index;
    const choice = choicesFor(kind, consumer);
    // Each mark has a number of its own, or else two that have changed places would look as before.
    const text = (choice[pick % choice.length] ?? "'x'").replace(
      /(mark|later|read)\((['"])(\w)/,
      (_all, name: string, quote: string, letter: string) => `${name}(${quote}${letter}${(marks += 1)}`,
    );
    return comments && pick % 7 === 3 ? `/* ${kind} ${index} */ ${text}` : text;
  };
  const printCall = (call: Call, by: string): string => {
    const method = methodOf(call);
    if (method === undefined) return "Promise.resolve('nothing')";
    const given: string[] = method.parameters.map((kind, index) => {
      const isDefault = method.form === 'default' && index === method.parameters.length - 1;
      return printValue(call.values[index], isDefault ? 'optional text' : kind, index, by);
    });
    if (method.form === 'rest')
      given.push(...call.values.slice(1).map((one, index) => printValue(one, 'text', index, by)));
    if (method.form === 'default' && call.values.length % 2 === 0) given.pop();
    return write(call.form, by, method.name, given);
  };
  const print = (one: Statement): string => {
    const printer = simpleStatements[one.kind] ?? staying[one.kind] ?? blockStatements[one.kind];
    if (printer === undefined) throw new Error(`there is no statement ${one.kind}`);
    const parts: Parts = {
      call: (by = shape.receiver) => printCall(one.call, by),
      other: () => printCall(one.other, shape.receiver),
      inner: () => one.statements.map(print).join('\n'),
      receiver: shape.receiver,
      number: (numbers += 1),
      isSteady: isSteady(one.call) && isSteady(one.other),
      // Behind a fake, some ticks more pass in a helper or an async method: nothing may run beside it.
      mayReturn: !isFake || isSteady(one.call),
      method: methods[0]?.name ?? 'do0',
      slot: slots[0] ?? 'alpha',
    };
    return printer(parts);
  };

  const steadyFakes = methods.flatMap((one) => (one.form === 'helper' ? [one.name] : []));
  const made = isFake
    ? `fake<Source>(${JSON.stringify(steadyFakes)})`
    : `new Facade(${slots.map((slot) => `facets.${slot}`).join(', ')})`;
  const isConstant = root.endsWith('constant');
  return new Map([
    [`${folder}/use.ts`, printUse(shape.hold(printBody(statements.map(print).join('\n'))))],
    [
      `${folder}/main.ts`,
      `import { Facade } from '../../facade/facade.js';
import type { Source } from '../../facade/source.js';
import { facets } from '../../support/facets.js';
import { fake, mark } from '../../support/trace.js';
import ${shape.imported ?? '{ use }'} from './use.js';

void [Facade, facets, fake, mark];
export type Known = Source;

export async function main(): Promise<unknown> {
${isConstant ? `  const source = ${made};\n` : ''}  return ${shape.use(isConstant ? 'source' : made)};
}
`,
    ],
  ]);
}

/** A call in one of the ways in which it can be written; nearly always the usual one. */
function write(form: number, receiver: string, name: string, given: readonly string[]): string {
  switch (form) {
    case 1:
      return `${receiver}['${name}'](${given.join(', ')})`;
    case 2:
      return `(${receiver}).${name}(${given.join(', ')})`;
    case 3:
      return `${receiver}!.${name}(${given.join(', ')})`;
    case 4:
      return `(${receiver} as Source).${name}(${given.join(', ')})`;
    case 5:
      return `${receiver}.${name}(...([${given.join(', ')}] as const))`;
    case 6:
      return `${receiver}.${name}.call(${receiver}, ${given.join(', ')})`;
    case 7:
    case 8:
      return `${receiver}.${name}(\n${given.join(',\n')},\n)`;
    case 9:
      return `${receiver}\n.${name}(${given.join(', ')})`;
    default:
      return `${receiver}.${name}(${given.join(', ')})`;
  }
}

function printBody(statements: string): string {
  return `let current = 'start';
let count = 0;
const maybe = mark('maybe') === 'maybe' ? undefined : 'given';
const box = {
value: 'boxed',
get read(): string {
return mark('read');
},
get look(): string {
return mark(this.value);
},
};
const empty: { readonly missing?: string } = {};
const next = (): string => {
current = mark('next');
box.value = current;
return current;
};
void [fixed, maybe, next, box, current, count, empty];
${statements}
return 'end';`;
}

function printUse(declarations: string): string {
  return `import type { Source } from '../../facade/source.js';
import { handled, Held, later, made, mark, pair, same, tag } from '../../support/trace.js';

const fixed = 'fixed';
void [handled, Held, later, made, mark, pair, same, tag];

${declarations}
`;
}
