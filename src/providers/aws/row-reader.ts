import type { Item } from './image-row.js';
import type { Log } from './log.js';
import { readText } from './read-attribute.js';
import { inDatabase } from './record-table.js';

/** How the rows of a table become records. */
export interface RowReaderOptions<Row> {
  /** Throws for an item that is no row. */
  readonly fromItem: (item: Item) => Row;
  /** What is said when it does. */
  readonly message: string;
  readonly keyName: string;
  readonly log: Pick<Log, 'warn'>;
}

/** Reads rows one by one. */
export interface RowReader<Row> {
  /** @throws AppError `DATABASE_ERROR` with its cause when the item is no row. */
  readonly read: (item: Item) => Promise<Row>;
  /** For lists: what cannot be read is logged and left out, so that no start and nobody else's record hangs on it. */
  readonly readIfPossible: (item: Item) => Promise<Row | undefined>;
}

export function createRowReader<Row extends object>({
  fromItem,
  message,
  keyName,
  log,
}: RowReaderOptions<Row>): RowReader<Row> {
  const read = (item: Item): Promise<Row> => inDatabase(message, () => fromItem(item));
  return {
    read,
    readIfPossible: async (item) => {
      try {
        return await read(item);
      } catch (error) {
        log.warn({ [keyName]: readText(item[keyName]), error }, message);
        return undefined;
      }
    },
  };
}
