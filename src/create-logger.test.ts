import { expect, it } from 'vitest';
import { createLogger } from './create-logger.js';

it('writes what went wrong, whichever of the two names it comes under', () => {
  const lines: string[] = [];
  const logger = createLogger('warn', { write: (line) => void lines.push(line) });

  logger.warn({ err: new Error('one') }, 'event');
  logger.warn({ error: new Error('two') }, 'event');
  logger.info('not so low');

  const records = lines.map((line) => JSON.parse(line) as Readonly<Record<string, { message?: string }>>);
  expect(records.map(({ err, error }) => [err?.message, error?.message])).toEqual([
    ['one', undefined],
    [undefined, 'two'],
  ]);
});
