import { setTimeout as wait } from 'node:timers/promises';

/** Asks again and again until the answer satisfies, and fails with the last answer. */
export async function until<Value>(
  ask: () => Value | Promise<Value>,
  isEnough: (value: Value) => boolean,
  seconds = 20,
): Promise<Value> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const value = await ask();
    if (isEnough(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(`after ${seconds} s still: ${JSON.stringify(value).slice(0, 2_000)}`);
    }
    await wait(10);
  }
}
