import type { Batch } from './batch.js';
import { findDifference, type Difference } from './find-difference.js';

/** The plainest of what may stand in a place. */
const plainest: Readonly<Record<string, string>> = {
  kind: 'await',
  shape: 'parameter',
  root: 'facade in place',
};

/** A batch of one consumer of a few lines that shows a difference of the same kind, if it is found in so many tries. */
export async function shrink(
  batch: Batch,
  difference: Difference,
  tries = 300,
): Promise<{ readonly batch: Batch; readonly difference: Difference }> {
  let smallest = { batch, difference };
  let left = tries;
  const isAccepted = async (candidate: Batch): Promise<boolean> => {
    left -= 1;
    const found = await findDifference(candidate);
    if (found?.kind !== difference.kind) return false;
    smallest = { batch: candidate, difference: found };
    return true;
  };
  const only = batch.consumers[difference.index ?? -1];
  if (only !== undefined) {
    // The number of consumers decides how the batch is migrated a second time: one of a kind, or two.
    const consumers = batch.consumers.length % 2 === 0 ? [only, only] : [only];
    await isAccepted({ ...batch, consumers });
  } else {
    for (let size = batch.consumers.length; size > 1 && left > 0; size = Math.ceil(size / 2)) {
      const { consumers } = smallest.batch;
      const half = Math.ceil(consumers.length / 2);
      const isFound = await isAccepted({ ...batch, consumers: consumers.slice(0, half) });
      if (!isFound) await isAccepted({ ...batch, consumers: consumers.slice(half) });
    }
  }
  for (let hasChanged = true; hasChanged && left > 0;) {
    hasChanged = false;
    for (const candidate of smaller(smallest.batch)) {
      if (left <= 0) break;
      if (!(await isAccepted(candidate))) continue;
      hasChanged = true;
      break;
    }
  }
  return smallest;
}

function* smaller({ facade, consumers, steps }: Batch): Generator<Batch> {
  for (const [index, one] of consumers.entries()) {
    for (const less of smallerValue(one)) {
      const replaced = consumers.map((other, at) => (at === index || other === one ? less : other));
      yield { facade, consumers: replaced as Batch['consumers'], steps };
    }
  }
  for (const index of facade.methods.keys()) {
    if (facade.methods.length === 1) break;
    yield {
      facade: { ...facade, methods: facade.methods.filter((_, at) => at !== index) },
      consumers,
      steps,
    };
  }
  for (const [index, method] of facade.methods.entries()) {
    const shorter = { ...method, parameters: method.parameters.slice(0, -1) };
    if (shorter.parameters.length === 0) continue;
    yield { facade: { ...facade, methods: facade.methods.with(index, shorter) }, consumers, steps };
  }
}

/** Everything that is one step plainer, whatever it is. */
function* smallerValue(value: unknown, key = ''): Generator {
  if (typeof value === 'number' && value > 0) yield 0;
  if (value === true) yield false;
  if (typeof value === 'string' && (plainest[key] ?? value) !== value) yield plainest[key];
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const index of items.keys()) {
      if (items.length === 1 && key !== 'values') break;
      yield items.filter((_, at) => at !== index);
    }
    for (const [index, item] of items.entries()) {
      const inside = (item as { readonly statements?: readonly unknown[] } | null)?.statements ?? [];
      if (inside.length > 0) yield [...items.slice(0, index), ...inside, ...items.slice(index + 1)];
      for (const less of smallerValue(item, key)) yield items.with(index, less);
    }
    return;
  }
  if ('nested' in value) yield { pick: 0 };
  for (const [name, member] of Object.entries(value)) {
    for (const less of smallerValue(member, name)) yield { ...value, [name]: less };
  }
}
