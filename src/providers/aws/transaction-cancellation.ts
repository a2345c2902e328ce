import { isNamed } from './translate-error.js';

/**
 * Why a transaction whose last write is the one that matters was cancelled for its conditions: `refused` by the last
 * one, `outdated` by another or by a write at the same time. `undefined` for every other failure.
 */
export function readCancellation(error: unknown): 'refused' | 'outdated' | undefined {
  if (!isNamed(error, 'TransactionCanceledException')) return undefined;
  const codes = reasonsOf(error).map(({ Code }) => Code);
  if (codes.at(-1) === 'ConditionalCheckFailed') return 'refused';
  return codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict')
    ? 'outdated'
    : undefined;
}

function reasonsOf(error: unknown): readonly { readonly Code?: string }[] {
  const { CancellationReasons: reasons } = error as { CancellationReasons?: { Code?: string }[] };
  return reasons ?? [];
}
