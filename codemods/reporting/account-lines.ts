import { count } from './count.js';
import type { Account } from './account.js';

/** The parts of an account, in words, in the order of interest; those that are zero are left out. */
export function accountLines(account: Account): readonly { readonly what: string; readonly count: number }[] {
  const left = account.left.reduce((total, one) => total + one.count, 0);
  const unrelated = account.unrelated.reduce((total, one) => total + one.count, 0);
  return [
    { what: 'rewritten', count: account.rewritten },
    { what: `left alone${named(account.left.map((one) => [one.reason, one.count]))}`, count: left },
    { what: 'in the facade and the source themselves', count: account.facade },
    {
      what: `of other declarations${named(account.unrelated.map((one) => [one.owner, one.count]))}`,
      count: unrelated,
    },
    { what: 'on values of type any', count: account.untyped },
    { what: 'in strings', count: account.strings },
    { what: 'in comments', count: account.comments },
  ].filter((line) => line.count > 0);
}

const maximumNames = 4;

function named(parts: readonly (readonly [string, number])[]): string {
  if (parts.length === 0) return '';
  const shown = parts.slice(0, maximumNames).map(([name, number]) => `${name} ${number}`);
  const more = parts.length - shown.length;
  return ` (${[...shown, ...(more > 0 ? [count(more, 'other')] : [])].join(', ')})`;
}
