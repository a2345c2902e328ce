import fc from 'fast-check';

/** What a parameter holds. */
export type ParameterKind = 'text' | 'optional text' | 'number' | 'flag';

/** The form of a method's body: those that every call fits, and those that not every call fits. */
export type BodyForm =
  | 'identity'
  | 'renamed'
  | 'object'
  | 'groups'
  | 'reversed'
  | 'reversed object'
  | 'dropped'
  | 'repeated'
  | 'conditional'
  | 'either'
  | 'default'
  | 'rest'
  | 'effect first'
  | 'helper'
  | 'async'
  | 'statements';

/** One method of a generated source interface, and how its facade answers it. */
export interface GeneratedMethod {
  readonly name: string;
  readonly form: BodyForm;
  readonly slot: number;
  readonly parameters: readonly ParameterKind[];
}

/** A source interface with its facade, its facets and its way back. */
export interface GeneratedFacade {
  readonly slots: readonly string[];
  readonly methods: readonly GeneratedMethod[];
}

/** Forms that most calls fit: a consumer that uses nothing else moves as a whole. */
const usualForms: readonly BodyForm[] = [
  'identity',
  'renamed',
  'object',
  'groups',
  'reversed',
  'reversed object',
  'repeated',
  'default',
  'rest',
  'helper',
];

const unusualForms: readonly BodyForm[] = [
  'dropped',
  'conditional',
  'either',
  'effect first',
  'async',
  'statements',
];

const methodOf = (forms: readonly BodyForm[]) =>
  fc.record({
    form: fc.constantFrom(...forms),
    slot: fc.nat({ max: 2 }),
    parameters: fc.array(fc.constantFrom<ParameterKind>('text', 'optional text', 'number', 'flag'), {
      minLength: 1,
      maxLength: 3,
    }),
  });

/** Facades with two or three slots. */
export const generatedFacade: fc.Arbitrary<GeneratedFacade> = fc
  .record({
    slots: fc.constantFrom(['alpha', 'beta'], ['alpha', 'beta', 'gamma'], ['gamma', 'alpha']),
    methods: fc.oneof(
      fc.array(methodOf(usualForms), { minLength: 2, maxLength: 6 }),
      fc.array(methodOf([...usualForms, ...unusualForms]), { minLength: 2, maxLength: 6 }),
      fc.array(methodOf(unusualForms.slice(0, -1)), { minLength: 1, maxLength: 2 }),
      fc.array(methodOf(['async', 'reversed']), { minLength: 1, maxLength: 2 }),
    ),
  })
  .map(({ slots, methods }) => ({
    slots,
    methods: methods.map(({ form, slot, parameters }, index) => ({
      name: `do${index}`,
      form,
      slot: slot % slots.length,
      // Forms about several parameters have at least two; the first one is a text, so that calls can be nested.
      parameters: ['text', ...parameters.slice(form === 'rest' ? 3 : 0)],
    })),
  }));

/** Whether the facade does more than its facets do, so that a source behind the way back would do less. */
export function breaksTheLaw({ form }: GeneratedMethod): boolean {
  return form === 'effect first';
}

/** Whether a call takes some ticks more or fewer than before. */
export function changesTicks({ form }: GeneratedMethod): boolean {
  return form === 'async' || form === 'helper';
}
