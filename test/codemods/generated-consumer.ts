import fc from 'fast-check';
import { holders, receivers, shapes, uses, type Shape } from './consumer-shapes.js';
import { breaksTheLaw, changesTicks, type GeneratedFacade, type ParameterKind } from './generated-facade.js';

const roots = ['facade in place', 'facade in a constant', 'fake in place', 'fake in a constant'] as const;

/** A call: which method, modulo how many there are, and what stands for its arguments. */
interface Call {
  readonly method: number;
  readonly values: readonly Value[];
}
type Value = { readonly pick: number } | { readonly nested: Call };

type Statement =
  | {
      readonly kind: 'await' | 'constant' | 'then' | 'catch' | 'closure' | 'void' | 'return';
      readonly call: Call;
    }
  | { readonly kind: 'both' | 'condition' | 'either' | 'text'; readonly call: Call; readonly other: Call }
  | {
      readonly kind: 'try' | 'loop' | 'if' | 'switch' | 'block' | 'finally';
      readonly statements: readonly Statement[];
    }
  | { readonly kind: 'change' | 'clash' };

/** Code that holds a source in some way and uses it. */
export interface GeneratedConsumer {
  readonly shape: Shape;
  readonly root: (typeof roots)[number];
  readonly comments: boolean;
  /** Arguments have no effects, so that nothing keeps a call from moving but its form. */
  readonly isCalm: boolean;
  /** The few texts that its arguments are made of: what is rare everywhere meets often somewhere. */
  readonly palette: readonly number[];
  readonly statements: readonly Statement[];
}

const { statement } = fc.letrec<{ call: Call; value: Value; statement: Statement }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { weight: 9, arbitrary: fc.record({ pick: fc.nat({ max: 60 }) }) },
    { weight: 1, arbitrary: fc.record({ nested: tie('call') }) },
  ),
  call: fc.record({
    method: fc.nat({ max: 20 }),
    values: fc.array(tie('value'), { minLength: 0, maxLength: 4 }),
  }),
  statement: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.record({
      kind: fc.constantFrom('await', 'constant', 'then', 'catch', 'closure', 'void', 'return'),
      call: tie('call'),
    }),
    fc.record({
      kind: fc.constantFrom('both', 'condition', 'either', 'text'),
      call: tie('call'),
      other: tie('call'),
    }),
    fc.record({ kind: fc.constantFrom('change', 'clash') }),
    fc.record({
      kind: fc.constantFrom('try', 'loop', 'if', 'switch', 'block', 'finally'),
      statements: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

const anyText = [
  "'x'",
  "'a text that is rather too long'",
  'fixed',
  'current',
  'box.value',
  "mark('m')",
  "await later('l')",
  'next()',
  'box.read',
  'box.look',
  '`${mark("t")}!`',
  "(mark('c') ? fixed : current)",
  'same(fixed)',
  "'throw'",
  "'reject'",
];
const values: Readonly<Record<ParameterKind, readonly string[]>> = {
  text: anyText,
  'optional text': ['undefined', 'maybe', ...anyText],
  number: ['1', '-2', 'fixed.length', "mark('n').length", 'count++'],
  flag: ['true', 'false', "mark('f') !== ''", 'box.value === current'],
};

const calmValues: Readonly<Record<ParameterKind, readonly string[]>> = {
  text: ["'x'", 'fixed', 'current', 'box.value', "'throw'", "'reject'"],
  'optional text': ['undefined', 'maybe', 'current'],
  number: ['1', '-2', 'fixed.length'],
  flag: ['true', 'false', 'box.value === current'],
};

/** Positions of the texts that begin with the given words. */
function paletteOf(words: string): readonly number[] {
  return words.split(' ').map((word) => anyText.findIndex((text) => text.replace("'", '').startsWith(word)));
}

/** Consumers of any facade. */
export const generatedConsumer: fc.Arbitrary<GeneratedConsumer> = fc.record({
  shape: fc.constantFrom(...shapes),
  root: fc.constantFrom(...roots),
  comments: fc.nat({ max: 3 }).map((one) => one === 3),
  isCalm: fc.nat({ max: 3 }).map((one) => one === 3),
  palette: fc.oneof(
    fc.uniqueArray(fc.nat({ max: anyText.length - 1 }), { minLength: 2, maxLength: 4 }),
    fc.constantFrom(...['current next', 'box.value next', 'throw reject fixed', 'next mark'].map(paletteOf)),
  ),
  // One use that has to stay keeps all others: much of what can go wrong shows in short programs only.
  statements: fc.oneof(
    fc.array(statement, { minLength: 1, maxLength: 1 }),
    fc.array(statement, { minLength: 1, maxLength: 4 }),
  ),
});

/** The modules of a consumer, by path: `main.ts` exports `main` and hands a source to `use.ts`. */
export function printConsumer(
  { shape, root, comments, isCalm, palette, statements }: GeneratedConsumer,
  { slots, methods }: GeneratedFacade,
  folder: string,
): ReadonlyMap<string, string> {
  const isFake = root.startsWith('fake');
  const receiver = receivers[shape];
  let names = 0;
  let marks = 0;

  const usable = isFake ? methods.filter((one) => !breaksTheLaw(one)) : methods;
  const methodOf = ({ method }: Call) => usable[method % usable.length];
  const isSteady = (call: Call): boolean => {
    const method = methodOf(call);
    const nested = call.values.every((value) => !('nested' in value) || isSteady(value.nested));
    return method === undefined || (!changesTicks(method) && nested);
  };
  const printValue = (value: Value | undefined, kind: ParameterKind, index: number): string => {
    const mayNest = kind === 'text' || kind === 'optional text';
    if (value !== undefined && 'nested' in value && mayNest) return `await ${printCall(value.nested)}`;
    const pick = value !== undefined && 'pick' in value ? value.pick : index;
    const choice = isCalm
      ? calmValues[kind]
      : kind === 'text' || kind === 'optional text'
        ? palette.map((one) => anyText[one] ?? "'x'")
        : values[kind];
    // Each mark has a number of its own, or else two that have changed places would look as before.
    const text = (choice[pick % choice.length] ?? "'x'").replace(
      /(mark|later|read)\((['"])(\w)/,
      (_all, name: string, quote: string, letter: string) => `${name}(${quote}${letter}${(marks += 1)}`,
    );
    return comments && pick % 7 === 3 ? `/* ${kind} ${index} */ ${text}` : text;
  };
  const printCall = (call: Call): string => {
    const method = methodOf(call);
    if (method === undefined) return "Promise.resolve('nothing')";
    const given: string[] = method.parameters.map((kind, index) => {
      const isDefault = method.form === 'default' && index === method.parameters.length - 1;
      return printValue(call.values[index], isDefault ? 'optional text' : kind, index);
    });
    if (method.form === 'rest')
      given.push(...call.values.slice(1).map((one, index) => printValue(one, 'text', index)));
    if (method.form === 'default' && call.values.length % 2 === 0) given.pop();
    return `${receiver}.${method.name}(${given.join(', ')})`;
  };
  const print = (one: Statement): string => {
    switch (one.kind) {
      case 'await':
        return `await ${printCall(one.call)};`;
      case 'constant':
        return `const value${(names += 1)} = await ${printCall(one.call)};\nmark(value${names});`;
      case 'then':
        return `await ${printCall(one.call)}.then((text) => mark(text));`;
      case 'catch':
        return `await ${printCall(one.call)}.catch((error) => mark(String(error)));`;
      case 'closure': {
        const call = printCall(one.call);
        return `const run${(names += 1)} = ${call.includes('await') ? 'async ' : ''}() => ${call};\nawait run${names}();`;
      }
      case 'void':
        return isSteady(one.call)
          ? `void ${printCall(one.call)}.catch((error) => mark(String(error)));\nmark('at once');`
          : `await ${printCall(one.call)};`;
      case 'return':
        // Behind a fake, some ticks more pass in a helper or an async method: nothing may run beside it.
        return `if (mark('r') === 'r') return ${isFake && !isSteady(one.call) ? 'await ' : ''}${printCall(one.call)};`;
      case 'both':
        return isSteady(one.call) && isSteady(one.other)
          ? `await Promise.allSettled([handled(${printCall(one.call)}), handled(${printCall(one.other)})]);`
          : `await ${printCall(one.call)};\nawait ${printCall(one.other)};`;
      case 'condition':
        return `if (mark('i') === 'i' && (await ${printCall(one.call)}) !== '') await ${printCall(one.other)};`;
      case 'either':
        return `mark((await ${printCall(one.call)}) || (await ${printCall(one.other)}));`;
      case 'text':
        return `mark(\`\${await ${printCall(one.call)}} \${await ${printCall(one.other)}}\`);`;
      case 'try':
        return `try {\n${printAll(one.statements)}\n} catch (error) {\nmark(String(error));\n}`;
      case 'finally':
        return `try {\n${printAll(one.statements)}\n} finally {\nmark('finally');\n}`;
      case 'loop':
        return `for (const fixed of ['l1', 'l2']) {\n${printAll(one.statements)}\n}`;
      case 'if':
        return `if (mark('o') === 'o') {\n${printAll(one.statements)}\n}`;
      case 'switch':
        return `switch (mark('s')) {\ncase 's': {\n${printAll(one.statements)}\nbreak;\n}\ndefault:\nmark('no');\n}`;
      case 'block':
        return `{\n${printAll(one.statements)}\n}`;
      case 'change':
        return "current = mark('changed');\nbox.value = current;";
      case 'clash':
        // Names that the rewritten code would like to have, in a block of their own.
        return `{\nconst ${slots[0] ?? 'alpha'} = mark('clash');\nconst p0 = ${slots[0] ?? 'alpha'};\nmark(p0);\nawait ${printCall({ method: names, values: [{ pick: 5 }] })};\n}`;
    }
  };
  const printAll = (all: readonly Statement[]): string => all.map(print).join('\n');

  const body = `let current = 'start';
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
const next = (): string => {
current = mark('next');
box.value = current;
return current;
};
void [fixed, maybe, next, box, current, count];
${printAll(statements)}
return 'end';`;
  const steadyFakes = methods.flatMap((one) => (one.form === 'helper' ? [one.name] : []));
  const made = isFake
    ? `fake<Source>(${JSON.stringify(steadyFakes)})`
    : `new Facade(${slots.map((slot) => `facets.${slot}`).join(', ')})`;
  const isConstant = root.endsWith('constant');
  return new Map([
    [
      `${folder}/use.ts`,
      `import type { Source } from '../../facade/source.js';
import { handled, later, mark, same } from '../../support/trace.js';

const fixed = 'fixed';
void [handled, later, mark, same];

${holders[shape](body).replace(/^(?=async function use|function handOn|class Use)/gm, 'export ')}
`,
    ],
    [
      `${folder}/main.ts`,
      `import { Facade } from '../../facade/facade.js';
import type { Source } from '../../facade/source.js';
import { facets } from '../../support/facets.js';
import { fake, mark } from '../../support/trace.js';
import { ${shape === 'handed on' ? 'handOn' : /^new /.test(uses[shape]('')) ? 'Use' : 'use'} } from './use.js';

void [Facade, facets, fake, mark];

export async function main(): Promise<unknown> {
${isConstant ? `  const source = ${made};\n` : ''}  return ${uses[shape](isConstant ? 'source' : made)};
}
`,
    ],
  ]);
}
