import { AppError } from '../../src/contracts/index.js';

/** How a call ended, in a form that can be compared. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'rejected'; readonly error: unknown };

/** Makes a call and waits for its end, telling a synchronous throw from a rejection. */
export async function outcomeOf(call: () => unknown): Promise<Outcome> {
  let pending: unknown;
  try {
    pending = call();
  } catch (error) {
    return { kind: 'threw', error };
  }
  try {
    return { kind: 'returned', value: await pending };
  } catch (error) {
    return { kind: 'rejected', error };
  }
}

/** An outcome whose error is spelled out: class, code, status, message and every cause. */
export function spelledOut(outcome: Outcome): unknown {
  return outcome.kind === 'returned' ? outcome : { kind: outcome.kind, error: chainOf(outcome.error) };
}

function chainOf(error: unknown): unknown[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [error];
  const { name, message, cause } = error;
  const classified = error instanceof AppError ? { code: error.code, status: error.status } : {};
  return [{ name, message, ...classified }, ...chainOf(cause)];
}
