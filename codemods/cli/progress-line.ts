import { relative } from 'node:path';
import type { OnProgress, Phase } from '../engine/progress.js';
import type { Streams } from './streams.js';

const words: Readonly<Record<Phase, string>> = {
  reading: 'Reading',
  resolving: 'Finding uses',
  rewriting: 'Rewriting',
  checking: 'Checking',
  formatting: 'Formatting',
  counting: 'Counting',
  writing: 'Writing',
};

/** The start of a line, after what stands there is wiped away. */
const wipe = '\r\u001B[K';
const width = 78;

/** One line on a terminal that says what is being done, with counts and the file. It is wiped away in the end. */
export interface ProgressLine {
  readonly show: OnProgress;
  clear(): void;
}

/** Shows progress where a person sees it, and nothing in a pipe or a file. */
export function createProgressLine(streams: Streams, root: string): ProgressLine {
  if (!streams.isTerminal) return { show: () => undefined, clear: () => undefined };
  let last = '';
  return {
    show({ phase, done, total, path }) {
      // A hundred steps of a phase are as many as an eye can see.
      const step = Math.max(1, Math.floor(total / 100));
      if (path !== undefined && done % step !== 0 && phase === last) return;
      last = phase;
      const count = total === 0 ? '…' : ` ${done} of ${total} files`;
      const file = path === undefined ? '' : ` ${relative(root, path)}`;
      const text = `${words[phase]}${count}${file}`;
      streams.error(`${wipe}${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
    },
    clear: () => streams.error(wipe),
  };
}
