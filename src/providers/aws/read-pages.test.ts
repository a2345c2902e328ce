import { expect, it } from 'vitest';

import { readPages } from './read-pages.js';

interface Page {
  readonly next?: string | undefined;
}

async function read(tokens: (asked: string | undefined) => string | undefined, mostOften?: number) {
  const asked: (string | undefined)[] = [];
  const pages = readPages<Page, string>({
    read: async (token) => {
      asked.push(token);
      return { next: tokens(token) };
    },
    nextOf: ({ next }) => next,
    mostOften,
  });
  const failure = await (async () => {
    for await (const page of pages) expect(page).toBeDefined();
    return undefined;
  })().catch((error: unknown) => (error as Error).message);
  return { asked, failure };
}

it('reads until there is no token, or an empty one', async () => {
  expect(await read((asked) => (asked === undefined ? 'a' : asked === 'a' ? 'b' : undefined))).toEqual({
    asked: [undefined, 'a', 'b'],
    failure: undefined,
  });
  expect((await read(() => '')).asked).toEqual([undefined]);
});

it('ends with an error when a token comes again, however far apart', async () => {
  const tokens = new Map([
    [undefined, 'a'],
    ['a', 'b'],
    ['b', 'a'],
  ] as const);

  const { asked, failure } = await read((token) => tokens.get(token as 'a'));

  expect(failure).toContain('the pages would never end');
  expect(asked).toEqual([undefined, 'a', 'b']);
});

it('bears as many repetitions as it is told to', async () => {
  const { asked, failure } = await read(() => 'a', 2);

  expect(failure).toContain('the pages would never end');
  expect(asked).toEqual([undefined, 'a', 'a']);
});

it('ends with an error when every page has another token, for ever', async () => {
  const { failure } = await read((token) => String(Number(token ?? 0) + 1));

  expect(failure).toBe('AWS gave more than 100000 pages');
});
