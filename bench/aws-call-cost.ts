import type { RequestRecord } from '../src/testing/index.js';

/** What requests of AWS come to. */
export interface AwsCallCost {
  readonly calls: number;
  /** Of requests and answers in their JSON form, without headers. */
  readonly bytes: number;
  /** By operation, in order of first use: `ecs.ListTasks 2, ecs.StopTask`. */
  readonly operations: string;
}

export function costOf(requests: readonly RequestRecord[]): AwsCallCost {
  const counts = new Map<string, number>();
  for (const { operation } of requests) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return {
    calls: requests.length,
    bytes: requests.reduce((sum, { input, outcome }) => sum + bytesOf(input) + bytesOf(outcome), 0),
    operations: [...counts].map(([name, count]) => (count === 1 ? name : `${name} ${count}`)).join(', '),
  };
}

function bytesOf(body: unknown): number {
  if (body === undefined) return 0;
  // Times travel as seconds, and `$metadata` does not travel at all.
  const text = JSON.stringify(body, function (this: Record<string, unknown>, key, value: unknown) {
    if (key === '$metadata') return undefined;
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1_000 : value;
  });
  return Buffer.byteLength(text);
}
