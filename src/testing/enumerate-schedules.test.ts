import { describe, expect, it } from 'vitest';
import { enumerateSchedules } from './enumerate-schedules.js';
import { Lanes } from './lanes.js';

/** Runs calls that make so many requests each, and tells the order in which they were answered. */
async function run(
  requests: readonly number[],
  decisions: readonly number[],
): Promise<[string, readonly number[]]> {
  const lanes = new Lanes(decisions);
  let order = '';
  const calls = requests.map(async (count, lane) => {
    for (let request = 0; request < count; request += 1) {
      await lanes.arrive(lane);
      order += String(lane);
    }
  });
  const widths = await lanes.drain(Promise.all(calls));
  return [order, widths];
}

describe('enumerateSchedules', () => {
  it.each([
    [[1], 1],
    [[2, 2], 6],
    [[3, 2], 10],
    [[1, 1, 1], 6],
    [[0, 2], 1],
  ])('finds every order of %j requests once', async (requests, expected) => {
    const orders: string[] = [];

    const count = await enumerateSchedules(async (decisions) => {
      const [order, widths] = await run(requests, decisions);
      orders.push(order);
      return widths;
    });

    expect(count).toBe(expected);
    expect(new Set(orders).size).toBe(expected);
  });

  it('gives the same order for the same decisions', async () => {
    const [first] = await run([3, 3], [1, 0, 1]);

    expect(first).toBe((await run([3, 3], [1, 0, 1]))[0]);
    expect(first).toMatch(/^101/);
  });
});

describe('Lanes', () => {
  it('says so when a call waits for something else', async () => {
    const never = new Promise<void>(() => undefined);

    await expect(new Lanes([]).drain(never)).rejects.toThrow(/not a request of the world/);
  });
});
