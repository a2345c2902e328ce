/** `linear` methods inline at every call; `conditional` ones at some; `refused` ones at none. */
export type Grade = 'linear' | 'conditional' | 'refused';

/** What stands in the way of inlining, with the grade that it leaves possible. The one table of `refacet check`. */
export const gradeByFinding = {
  'not-one-expression': 'refused',
  'not-inlinable-syntax': 'refused',
  'generator-method': 'refused',
  'decorated-method': 'refused',
  'overloaded-method': 'refused',
  'generic-method': 'refused',
  'assertion-method': 'refused',
  'uses-own-state': 'refused',
  'this-escapes': 'refused',
  'bag-escapes': 'refused',
  'uses-super': 'refused',
  'uses-arguments': 'refused',
  'parameter-assigned': 'refused',
  'destructured-parameter': 'refused',
  'rest-used-unsafely': 'refused',
  'await-in-body': 'refused',
  'recursive-delegation': 'refused',
  'free-name-not-exported': 'refused',
  'unsafe-property-key': 'refused',
  'default-not-constant': 'refused',
  'returns-source-type': 'refused',
  'takes-source-type': 'refused',
  'method-missing': 'refused',
  'property-missing': 'refused',
  'getter-not-a-facet-member': 'refused',
  'async-method': 'conditional',
  'parameter-unused': 'conditional',
  'parameter-used-twice': 'conditional',
  'parameter-used-conditionally': 'conditional',
  'parameters-out-of-order': 'conditional',
  'effect-before-parameter': 'conditional',
  'result-type-differs': 'linear',
  'no-way-back': 'linear',
} as const satisfies Record<string, Grade>;

export type FindingCode = keyof typeof gradeByFinding;

/** One finding about a facade, with the place that shows it. */
export interface FacadeFinding {
  readonly code: FindingCode;
  /** What of the code it is about: a parameter, a member, a piece of syntax. */
  readonly subject: string;
  readonly line: number;
  readonly column: number;
}

const order: readonly Grade[] = ['linear', 'conditional', 'refused'];

/** The worst grade that the findings leave. */
export function gradeOf(findings: readonly FacadeFinding[]): Grade {
  return findings.reduce<Grade>((worst, { code }) => worseOf(worst, gradeByFinding[code]), 'linear');
}

/** The worse of two grades. */
export function worseOf(left: Grade, right: Grade): Grade {
  return order.indexOf(left) >= order.indexOf(right) ? left : right;
}

/** What a person reads about a finding: what was seen, and the next step. */
export function explainFinding({ code, subject }: FacadeFinding): string {
  switch (code) {
    case 'not-one-expression':
      return `The body is not one expression (${subject}). Move it to an exported function that takes the facets first, and return its call.`;
    case 'not-inlinable-syntax':
      return `${subject} cannot be moved to a call. Move the body to an exported function that takes the facets first.`;
    case 'generator-method':
      return 'A generator starts on its first next(), its inlined form at once. Return the iterable of the facet from a plain method.';
    case 'decorated-method':
      return 'A decorator changes what the method does, so the body is not the whole story. Decorate the facets instead.';
    case 'overloaded-method':
      return 'One body cannot stand for several overloads. Give each its own method on the facet.';
    case 'generic-method':
      return `The type parameter ${subject} may be fixed differently by the facet. Let a method of a facet have the same type parameters and parameters, and hand all of them on in their order: return this.facet.method<${subject}>(…). Otherwise keep the method on the facade, or make it plain.`;
    case 'assertion-method':
      return 'The method narrows types, which only works on explicitly typed receivers.';
    case 'uses-own-state':
      return `The body reads this.${subject}, which callers do not have. Put it into the facet or pass it as an argument.`;
    case 'this-escapes':
      return 'The body passes `this` on. Pass the facets that are needed.';
    case 'bag-escapes':
      return `The body hands on this.${subject} as a whole, and what takes it does not say which facets it uses. Give its parameter a type that names them, { reader: Reader } for example, or pass an object of them.`;
    case 'uses-super':
      return 'The body uses `super`, which callers do not have.';
    case 'uses-arguments':
      return 'The body reads `arguments`. Name the parameters.';
    case 'parameter-assigned':
      return `The body assigns ${subject}. Use the parameter as it is.`;
    case 'destructured-parameter':
      return 'A parameter is destructured. Name it and read its members.';
    case 'rest-used-unsafely':
      return `The rest parameter ${subject} may only be spread as the last argument.`;
    case 'await-in-body':
      return 'The body awaits inside its expression. Move it to an exported function.';
    case 'recursive-delegation':
      return `The body calls this.${subject}, which leads back to itself. Delegation must end at facets.`;
    case 'free-name-not-exported':
      return `${subject} is private to the facade's module, so callers cannot import it. Export it.`;
    case 'unsafe-property-key':
      return `The key ${subject} is computed, numeric or __proto__: an argument that moves under it changes the object.`;
    case 'default-not-constant':
      return `The default of ${subject} is computed. Write a constant, or resolve it in the facet.`;
    case 'returns-source-type':
      return 'The method returns the source interface and keeps it alive.';
    case 'takes-source-type':
      return `${subject} has the type of the source interface, which keeps it alive.`;
    case 'method-missing':
      return `The source interface declares ${subject}, and the facade has no body for it.`;
    case 'property-missing':
      return `The source has the property ${subject}, and the facade has no getter that reads it from a facet. Let a facet have it, and write get ${subject}() { return this.facet.${subject}; } with that facet's name.`;
    case 'getter-not-a-facet-member':
      return `The getter ${subject} does more than return one property of a facet. Let a facet have the property, and return it.`;
    case 'async-method':
      return 'An async method turns what a facet throws into a rejection. Calls that are not awaited at once will be left. Drop `async` and return the promise.';
    case 'parameter-unused':
      return `${subject} is not used. Calls whose argument there has effects will be left, and the way back cannot rebuild it.`;
    case 'parameter-used-twice':
      return `${subject} is used more than once. Calls with anything but a name or a short literal there need a const.`;
    case 'parameter-used-conditionally':
      return `${subject} is evaluated only sometimes. Calls whose argument there has effects need a const, and the way back cannot rebuild it.`;
    case 'parameters-out-of-order':
      return `${subject} is used before a parameter that precedes it. Calls where both have effects need a const.`;
    case 'effect-before-parameter':
      return `Something else happens before ${subject} is used. Calls whose argument there can change by it need a const.`;
    case 'result-type-differs':
      return `The facet's result (${subject}) is not the declared one. Inferred types of callers may change.`;
    case 'no-way-back':
      return `There is no way back, so only what is made by the facade itself can move. For anything else, a fake for example, export function ${subject} from the facade's module: the facade's own facets where it is one, else objects that call its methods. If it is there under another form, name it as "wayBack".`;
  }
}
