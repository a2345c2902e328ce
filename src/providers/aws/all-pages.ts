import type { Item } from './image-row.js';

/** One page of a scan or a query. */
export interface Page {
  readonly Items?: readonly Item[] | undefined;
  /** Where the next page starts; absent on the last one. */
  readonly LastEvaluatedKey?: Item | undefined;
}

/** The items of every page; a filtered page may hold none and still not be the last. */
export async function allPages(read: (from: { ExclusiveStartKey?: Item }) => Promise<Page>): Promise<Item[]> {
  const items: Item[] = [];
  let from: { ExclusiveStartKey?: Item } = {};
  for (;;) {
    const { Items = [], LastEvaluatedKey } = await read(from);
    items.push(...Items);
    if (LastEvaluatedKey === undefined) return items;
    from = { ExclusiveStartKey: LastEvaluatedKey };
  }
}
