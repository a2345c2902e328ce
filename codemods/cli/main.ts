#!/usr/bin/env node
import { createRequire } from 'node:module';
import { totalmem } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { createAnswers } from './answer-lines.js';
import { exitCodes } from './exit-codes.js';
import { pageText } from './pager.js';
import type { WorkerInput, WorkerMessage } from './worker-messages.js';

const { version } = createRequire(import.meta.url)('refacet/package.json') as { version: string };
const isColoured = (process.env['NO_COLOR'] ?? '') === '';
const busy = new SharedArrayBuffer(4);
const input: WorkerInput = {
  commandLine: process.argv.slice(2),
  workingDirectory: process.cwd(),
  isTerminal: process.stderr.isTTY,
  isPaged: process.stdout.isTTY,
  version,
  busy,
};
let isPaging = false;
let answers: ReturnType<typeof createAnswers> | undefined;

process.on('SIGINT', interrupt);
// Whoever reads the result may stop reading it: `refacet migrate | head`.
process.stdout.on('error', () => process.exit());
start();

function start(heapMegabytes?: number): void {
  const worker = new Worker(new URL('./command-worker.js', import.meta.url), {
    workerData: input,
    ...(heapMegabytes === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } }),
  });
  worker.on('message', (message: WorkerMessage) => {
    void handle(message, (answer) => worker.postMessage(answer));
  });
  worker.on('error', (error: Error & { code?: string }) => {
    const larger = Math.floor((totalmem() / 2 ** 20) * 0.75);
    const limit = getHeapStatistics().heap_size_limit / 2 ** 20;
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY' && heapMegabytes === undefined && larger > limit) {
      process.stderr.write(`The project needs more memory. Starting again with ${larger} MiB.\n`);
      start(larger);
      return;
    }
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCodes.refused.code;
  });
}

async function handle(message: WorkerMessage, answer: (text: string) => void): Promise<void> {
  switch (message.kind) {
    case 'out':
      process.stdout.write(isColoured ? message.text : stripVTControlCharacters(message.text));
      return;
    case 'error':
      process.stderr.write(message.text);
      return;
    case 'page':
      isPaging = true;
      await pageText(isColoured ? message.text : stripVTControlCharacters(message.text), {
        environment: process.env,
        write: (text) => process.stdout.write(text),
      });
      isPaging = false;
      answer('');
      return;
    case 'ask':
      answers ??= createAnswers(process.stdin);
      process.stderr.write(message.text);
      // The end of the input is a person who has gone.
      answer((await answers()) ?? 'quit');
      return;
    case 'exit':
      process.exitCode = message.code;
      // An open input keeps a process alive.
      if (answers !== undefined) process.stdin.destroy();
      return;
  }
}

/** Ends at once, but never in the middle of writing: that takes a moment, and then everything is written. */
function interrupt(): void {
  // The pager gets the signal as well, and decides what it means.
  if (isPaging) return;
  const flag = new Int32Array(busy);
  if (Atomics.load(flag, 0) === 0) {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    process.exit(exitCodes.interrupted.code);
  }
  const waiting = setInterval(() => {
    if (Atomics.load(flag, 0) === 1) return;
    clearInterval(waiting);
    process.stderr.write(
      'Interrupted after everything was written. `refacet migrate --undo` puts it back.\n',
    );
    process.exit(exitCodes.interrupted.code);
  }, 5);
}
