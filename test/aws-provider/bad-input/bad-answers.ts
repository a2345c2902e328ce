import { AppError } from '../../../src/contracts/index.js';
import {
  openModelledProvider,
  type ModelledProvider,
  type Sender,
} from '../../aws-model/modelled-provider.js';

export const ctx = { requestId: 'req-1' };
export const at = new Date('2026-03-04T05:06:07.890Z');

/** What an operation does instead of what the model does; it is handed what the model would have done. */
export type BadAnswer = (apply: () => Promise<unknown>, input: unknown) => unknown;

/** A provider some of whose operations, such as `ecs.RunTask`, behave badly from the moment that `spoil` is called. */
export async function openSpoiled(): Promise<{
  readonly provider: ModelledProvider;
  readonly spoil: (bad: Readonly<Record<string, BadAnswer>>) => void;
}> {
  let current: Readonly<Record<string, BadAnswer>> = {};
  const intercept = (session: Sender): Sender => ({
    send: async (service, operation, input, signal) => {
      const apply = (): Promise<unknown> => session.send(service, operation, input, signal);
      const bad = current[`${service}.${operation}`];
      return bad === undefined ? apply() : bad(apply, input);
    },
  });
  const provider = await openModelledProvider({ now: () => at, intercept });
  return { provider, spoil: (bad) => (current = bad) };
}

/** What a call failed with, which must be an error of the contract. */
export async function failureOf(call: () => Promise<unknown>): Promise<AppError> {
  const outcome = await call().then(
    (value) => new Error(`it did not fail: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (!(outcome instanceof AppError)) throw outcome;
  return outcome;
}

export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}
