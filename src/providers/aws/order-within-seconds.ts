import { compareBytes } from './compare-bytes.js';
import type { Item } from './image-row.js';
import { readText } from './read-attribute.js';

/** Items that come by the second, by their ID within each: an index does not order what has one time. */
export async function* orderWithinSeconds(pages: AsyncIterable<Item[]>): AsyncGenerator<Item> {
  let same: Item[] = [];
  for await (const page of pages) {
    for (const item of page) {
      if (same[0] !== undefined && same[0]['started_at']?.N !== item['started_at']?.N) {
        yield* same.sort(byId);
        same = [];
      }
      same.push(item);
    }
  }
  yield* same.sort(byId);
}

function byId(one: Item, other: Item): number {
  return compareBytes(readText(one['execution_id']), readText(other['execution_id']));
}
