import { answerOf } from './answer-of.js';

/** How a list that comes in pages is read. */
export interface ReadPagesOptions<Page, Token> {
  /** Reads one page; `undefined` is the first. */
  readonly read: (token: Token | undefined) => Promise<Page | undefined>;
  /** Where the next page starts; absent or empty on the last one. */
  readonly nextOf: (page: Page) => Token | undefined;
  /** How often one token may come. Default: once. */
  readonly mostOften?: number | undefined;
}

/** No list of ours has so many pages: a service that goes on for ever must not take us along. */
const mostPages = 100_000;

/**
 * Every page of a list, one at a time.
 *
 * @throws a plain error when there is no answer, or when the pages would never end.
 */
export async function* readPages<Page, Token>({
  read,
  nextOf,
  mostOften = 1,
}: ReadPagesOptions<Page, Token>): AsyncGenerator<Page> {
  const seen = new Map<string, number>();
  let token: Token | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const page = await answerOf(read(token));
    yield page;
    token = nextOf(page);
    if (token === undefined || token === '') return;
    const text = JSON.stringify(token);
    const times = (seen.get(text) ?? 0) + 1;
    if (times > mostOften) throw new Error('AWS gave the same page token again: the pages would never end');
    seen.set(text, times);
  }
  throw new Error(`AWS gave more than ${mostPages} pages`);
}
