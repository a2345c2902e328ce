import fc from 'fast-check';
import type { Runner } from '../../legacy/index.js';
import { AppError } from '../../src/contracts/index.js';
import { requestWithoutImage } from './scenario.js';

/** A method of `Runner` by name. */
export type RunnerMethod = keyof Runner;

export const runnerMethods: readonly RunnerMethod[] = [
  'startTask',
  'killTask',
  'registerImage',
  'listImages',
  'getImage',
  'removeImage',
  'fetchLogsByExecutionId',
  'fetchBackendLogs',
];

/** One call, by method and everything behind `ctx`. */
export interface RunnerCall {
  readonly method: RunnerMethod;
  readonly rest: readonly unknown[];
}

/** What a runner does when it is called; the value or error is a fresh one each time, so that identity shows. */
export type Reaction = 'resolves' | 'rejects' | 'throws' | 'answers at once' | 'answers nothing';

const text = fc.oneof(
  fc.constantFrom('', 'alpine:3.18', 'alpine:3.18-ddecce05'),
  fc.string({ maxLength: 5 }),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const parametersByMethod: Readonly<Record<RunnerMethod, fc.Arbitrary<readonly unknown[]>>> = {
  startTask: fc.tuple(
    text,
    fc
      .tuple(requestWithoutImage, fc.oneof(fc.constant({}), fc.record({ image: maybe(text) })))
      .map(([request, image]) => ({ ...request, ...image })),
  ),
  killTask: fc.tuple(text),
  registerImage: fc.tuple(
    text,
    maybe(fc.boolean()),
    maybe(text),
    maybe(text),
    maybe(fc.integer()),
    maybe(fc.integer()),
    maybe(fc.constantFrom('', 'Linux', 'Linux/ARM64', 'linux/amd64', '/')),
    text,
  ),
  listImages: fc.constant([]),
  getImage: fc.tuple(text),
  removeImage: fc.tuple(text),
  fetchLogsByExecutionId: fc.tuple(text),
  fetchBackendLogs: fc.tuple(text),
};

/** Any call of any method. */
export const runnerCall: fc.Arbitrary<RunnerCall> = fc
  .constantFrom(...runnerMethods)
  .chain((method) => parametersByMethod[method].map((rest) => ({ method, rest })));

export const reaction: fc.Arbitrary<Reaction> = fc.constantFrom(
  'resolves',
  'rejects',
  'throws',
  'answers at once',
  'answers nothing',
);

/** What a runner was asked, and what it gave back or threw. */
export interface Exchange {
  readonly method: RunnerMethod;
  readonly receiver: unknown;
  readonly parameters: readonly unknown[];
  readonly token: unknown;
}

/** The functions of a runner that writes down each call and reacts as it is told. */
export function recordingMethods(
  methods: readonly RunnerMethod[],
  react: () => Reaction,
): { readonly exchanges: Exchange[]; readonly functions: Partial<Runner> } {
  const exchanges: Exchange[] = [];
  const functions = methods.map((method) => {
    const called = function (this: unknown, ...parameters: unknown[]): unknown {
      const { token, answer } = outcomes[react()]();
      exchanges.push({ method, receiver: this, parameters, token });
      return answer();
    };
    return [method, called] as const;
  });
  return { exchanges, functions: Object.fromEntries(functions) };
}

const failure = (): AppError =>
  new AppError('INTERNAL_ERROR', 'no', { cause: new Error('the backend said no') });

/** `token` is what must arrive unchanged: the promise or value itself, or the error. */
const outcomes: Readonly<Record<Reaction, () => { token: unknown; answer: () => unknown }>> = {
  resolves: () => {
    const token = Promise.resolve({});
    return { token, answer: () => token };
  },
  rejects: () => {
    const token = Promise.reject(failure());
    token.catch(() => undefined);
    return { token, answer: () => token };
  },
  throws: () => {
    const token = failure();
    return {
      token,
      answer: () => {
        throw token;
      },
    };
  },
  // Doubles of other people's tests often forget to be asynchronous.
  'answers at once': () => {
    const token = {};
    return { token, answer: () => token };
  },
  'answers nothing': () => ({ token: undefined, answer: () => undefined }),
};

/** Calls a runner by name. */
export function callRunner(runner: Runner, method: RunnerMethod, parameters: readonly unknown[]): unknown {
  return (runner as unknown as Record<string, (...parameters: unknown[]) => unknown>)[method]?.(
    ...parameters,
  );
}
