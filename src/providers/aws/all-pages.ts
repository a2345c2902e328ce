import type { Item } from './image-row.js';
import { readPages } from './read-pages.js';

/** One page of a scan or a query. */
export interface Page {
  readonly Items?: readonly Item[] | undefined;
  /** Where the next page starts; absent on the last one. */
  readonly LastEvaluatedKey?: Item | undefined;
}

/** Reads one page of a scan or a query. */
export type ReadPage = (from: { ExclusiveStartKey?: Item }) => Promise<Page>;

/** The items of a scan or a query, page by page; a filtered page may hold none and still not be the last. */
export async function* itemPages(read: ReadPage): AsyncGenerator<Item[]> {
  const pages = readPages<Page, Item>({
    read: (key) => read(key === undefined ? {} : { ExclusiveStartKey: key }),
    nextOf: ({ LastEvaluatedKey }) => LastEvaluatedKey,
  });
  for await (const { Items = [] } of pages) yield [...Items];
}

/** The items of every page. */
export async function allPages(read: ReadPage): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of itemPages(read)) items.push(...page);
  return items;
}
