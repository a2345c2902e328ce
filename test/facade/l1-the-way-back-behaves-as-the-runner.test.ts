import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { facetsOf, LegacyRunner, meteredRunner } from '../../legacy/index.js';
import type { Runner } from '../../legacy/index.js';
import type { ExecutionRequest } from '../../src/contracts/index.js';
import { assertProperty } from '../support/assert-property.js';
import { createInMemoryFacets, createSteppingClock } from '../support/in-memory-facets.js';
import { outcomeOf } from './outcome.js';
import { callRunner, reaction, recordingMethods, runnerCall, runnerMethods } from './recording-runner.js';
import type { Exchange, Reaction } from './recording-runner.js';

const inMemoryFacets = () => createInMemoryFacets({ now: createSteppingClock() });

/** Everything that a `Runner` can be; each is made of the functions that it must still call. */
const runnerKinds: Readonly<Record<string, (functions: Partial<Runner>) => Runner>> = {
  'an object': (functions) => functions as Runner,
  'an instance of a class': (functions) => Object.create({ ...functions }) as Runner,
  'a frozen object': (functions) => Object.freeze(functions as Runner),
  'a subclass of the facade that overrides': (functions) => {
    class TracingRunner extends LegacyRunner {}
    Object.assign(TracingRunner.prototype, functions);
    return new TracingRunner(inMemoryFacets());
  },
  'a facade whose methods were replaced': (functions) =>
    Object.assign(new LegacyRunner(inMemoryFacets()), functions),
  'a proxy around a facade': (functions) =>
    new Proxy(new LegacyRunner(inMemoryFacets()), {
      get: (target, name): unknown =>
        name in functions ? Reflect.get(functions, name) : Reflect.get(target, name),
    }),
  'an object with the prototype of the facade': (functions) =>
    Object.assign(Object.create(LegacyRunner.prototype) as Runner, functions),
  'a metered runner': (functions) =>
    meteredRunner(functions as Runner, () => undefined, { warnings: 'silent' }),
};

const runnerKind = fc.constantFrom(...Object.keys(runnerKinds));

function createRunner(kind: string, functions: Partial<Runner>): Runner {
  const create = runnerKinds[kind];
  if (create === undefined) throw new Error(`no such kind of runner: ${kind}`);
  return create(functions);
}

/** An image that is not named: absent, `undefined` and `''` are the same by contract. */
function withoutUnnamedImage({ image, ...request }: ExecutionRequest): ExecutionRequest {
  return image === undefined || image === '' ? request : { ...request, image };
}

function expectSameArguments(exchange: Exchange, sent: readonly unknown[]): void {
  if (exchange.method !== 'startTask') {
    expect(exchange.parameters).toHaveLength(sent.length);
    for (const [index, parameter] of sent.entries()) expect(exchange.parameters[index]).toBe(parameter);
    return;
  }
  const [ctx, userEmail, request] = exchange.parameters as Parameters<Runner['startTask']>;
  const sentRequest = sent[2] as ExecutionRequest;
  expect(exchange.parameters).toHaveLength(3);
  expect(ctx).toBe(sent[0]);
  expect(userEmail).toBe(sent[1]);
  expect(withoutUnnamedImage(request)).toStrictEqual(withoutUnnamedImage(sentRequest));
  // The members are handed on, not copied.
  expect(request.env).toBe(sentRequest.env);
  expect(request.secrets).toBe(sentRequest.secrets);
}

describe('L1: new LegacyRunner(facetsOf(runner)) behaves as the runner', () => {
  it('makes the same call with the same arguments, once, on the same receiver', async () => {
    await assertProperty(
      'L1, calls',
      2000,
      fc.asyncProperty(
        runnerKind,
        fc.array(fc.tuple(runnerCall, reaction), { minLength: 1, maxLength: 8 }),
        async (kind, calls) => {
          let current: Reaction = 'resolves';
          const { exchanges, functions } = recordingMethods(runnerMethods, () => current);
          const runner = createRunner(kind, functions);
          const roundTrip = new LegacyRunner(facetsOf(runner));

          for (const [{ method, rest }, reacts] of calls) {
            const parameters = [Object.freeze({ requestId: 'r' }), ...rest];
            const before = structuredClone(parameters);
            current = reacts;
            exchanges.length = 0;

            await outcomeOf(() => callRunner(roundTrip, method, parameters));

            expect(exchanges.map((exchange) => exchange.method)).toEqual([method]);
            const [exchange] = exchanges;
            if (exchange === undefined) continue;
            expectSameArguments(exchange, parameters);
            expect(parameters).toStrictEqual(before);
            if (kind !== 'a metered runner') expect(exchange.receiver).toBe(runner);
          }
        },
      ),
    );
  });

  it('gives back the very promise, value or error; only startTask turns a throw into a rejection', async () => {
    await assertProperty(
      'L1, outcomes',
      2000,
      fc.asyncProperty(runnerKind, runnerCall, reaction, async (kind, { method, rest }, reacts) => {
        const { exchanges, functions } = recordingMethods(runnerMethods, () => reacts);
        const roundTrip = new LegacyRunner(facetsOf(createRunner(kind, functions)));
        let answer: unknown;

        const outcome = await outcomeOf(() => (answer = callRunner(roundTrip, method, [{}, ...rest])));

        const token = exchanges[0]?.token;
        if (method === 'startTask') {
          const expected = await outcomeOf(() => {
            if (reacts === 'throws') throw token;
            return token;
          });
          expect(outcome).toEqual(
            expected.kind === 'threw' ? { kind: 'rejected', error: expected.error } : expected,
          );
          if (expected.kind === 'returned') expect(outcome).toHaveProperty('value', expected.value);
        } else if (reacts === 'throws') {
          expect(outcome.kind).toBe('threw');
          expect(outcome).toHaveProperty('error', token);
        } else {
          expect(answer).toBe(token);
        }
      }),
    );
  });

  it('serves a partial double with what it has, and looks methods up when they are called', async () => {
    await assertProperty(
      'L1, partial doubles',
      1000,
      fc.asyncProperty(
        fc.subarray([...runnerMethods]),
        fc.subarray([...runnerMethods]),
        runnerCall,
        async (first, later, { method, rest }) => {
          const { exchanges, functions } = recordingMethods(first, () => 'resolves');
          const double = { ...functions } as Runner;
          const roundTrip = new LegacyRunner(facetsOf(double));
          const added = recordingMethods(later, () => 'resolves');
          Object.assign(double, added.functions);

          const outcome = await outcomeOf(() => callRunner(roundTrip, method, [{}, ...rest]));

          if (later.includes(method)) {
            expect(added.exchanges).toHaveLength(1);
            expect(exchanges).toHaveLength(0);
          } else if (first.includes(method)) {
            expect(exchanges).toHaveLength(1);
          } else {
            expect(outcome.kind).toBe(method === 'startTask' ? 'rejected' : 'threw');
            expect(outcome).toHaveProperty('error', expect.any(TypeError));
          }
        },
      ),
    );
  });

  it('sees a spy that is put on a facade after its facets were given out', async () => {
    const runner = new LegacyRunner(inMemoryFacets());
    facetsOf(runner);
    const killTask = vi.spyOn(runner, 'killTask').mockResolvedValue(undefined);

    await facetsOf(runner).taskExecutor.killTask({}, 'task-1');

    expect(killTask).toHaveBeenCalledWith({}, 'task-1');
  });
});
