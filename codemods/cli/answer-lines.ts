import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Gives the lines of an input one by one, as they are asked for; `undefined` after the last. */
export function createAnswers(input: Readable): () => Promise<string | undefined> {
  const lines: string[] = [];
  const waiting: ((line: string | undefined) => void)[] = [];
  let hasEnded = false;
  // No terminal of readline's own: the one around it turns Ctrl-C into the signal that everything else gets, too.
  const reader = createInterface({ input, terminal: false });
  reader.on('line', (line) => {
    const next = waiting.shift();
    if (next === undefined) lines.push(line);
    else next(line);
  });
  reader.on('close', () => {
    hasEnded = true;
    for (const next of waiting.splice(0)) next(undefined);
  });
  return () =>
    new Promise((resolve) => {
      const line = lines.shift();
      if (line !== undefined || hasEnded) resolve(line);
      else waiting.push(resolve);
    });
}
