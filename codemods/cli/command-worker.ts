// Runs one command. It is a thread of its own, so that the process stays awake for Ctrl-C and shows progress while the
// compiler is at work.
import { parentPort, workerData } from 'node:worker_threads';
import { run } from './run.js';
import type { WorkerInput, WorkerMessage } from './worker-messages.js';

const { commandLine, workingDirectory, isTerminal, isPaged, version, busy } = workerData as WorkerInput;
const busyFlag = new Int32Array(busy);

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);
const askFor = (kind: 'page' | 'ask', text: string): Promise<string> =>
  new Promise((resolve) => {
    parentPort?.once('message', resolve);
    tell({ kind, text });
  });

const code = await run(commandLine, {
  workingDirectory,
  isTerminal,
  version,
  out: (text) => tell({ kind: 'out', text }),
  error: (text) => tell({ kind: 'error', text }),
  ask: (question) => askFor('ask', question),
  ...(isPaged
    ? {
        page: async (text: string): Promise<void> => {
          await askFor('page', text);
        },
      }
    : {}),
  undisturbed(action) {
    Atomics.store(busyFlag, 0, 1);
    try {
      action();
    } finally {
      Atomics.store(busyFlag, 0, 0);
    }
  },
  measure: () => ({
    wallMilliseconds: performance.now(),
    cpuMilliseconds: (process.cpuUsage().user + process.cpuUsage().system) / 1000,
    residentBytes: process.memoryUsage.rss(),
  }),
});
tell({ kind: 'exit', code });
parentPort?.close();
