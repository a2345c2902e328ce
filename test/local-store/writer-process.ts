import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A process that writes into a store until it is killed. */
export interface WriterProcess {
  /** Settles once it has ended by itself: a write failed. */
  readonly ended: Promise<void>;
  /** Waits for at least so many lines; for ever, if it ends before. */
  untilAcknowledged(count: number): Promise<void>;
  /** Kills it without a warning, once it is gone gives every line that it acknowledged. */
  kill(): Promise<string[]>;
}

const script = join(import.meta.dirname, 'acknowledging-writer.mjs');
const built = join(import.meta.dirname, '../../dist/src/providers/local/open-store.js');

/** Starts a writer and waits until it has the store open. `prefix` keeps the records of several writers apart. */
export async function startWriter(directory: string, prefix: string): Promise<WriterProcess> {
  if (!existsSync(built)) throw new Error('dist is missing: run `npm run build` first, as `npm test` does.');
  const child = spawn(process.execPath, [script, directory, prefix], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let failure = '';
  child.stderr.on('data', (chunk: Buffer) => (failure += chunk.toString()));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      resolve();
    });
    void closed.then(() => reject(new Error(`the writer ended by itself: ${failure}`)));
  });
  return {
    ended: closed,
    async untilAcknowledged(count) {
      while (output.split('\n').length < count + 2) await once(child.stdout, 'data');
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
      // What follows the last line end was not written whole, so it acknowledges nothing.
      return output.split('\n').slice(1, -1);
    },
  };
}
