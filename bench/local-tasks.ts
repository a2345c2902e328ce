import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createLocalProvider, type LocalProvider } from '../src/providers/local/index.js';
import { median } from './statistics.js';

const ctx = {};
const starts = 30;
const lines = 1_000_000;

/** What tasks of the local provider cost. */
export interface TaskCosts {
  /** From the request until the observer knows that the command began. */
  readonly startMilliseconds: number;
  /** Resident memory of the supervisor of a sleeping task; absent where there is no /proc. */
  readonly supervisorMebibytes: number | undefined;
  /** What reading a log of a million lines to its end added to this process's memory at its peak. */
  readonly logMebibytes: number;
  readonly logLinesPerSecond: number;
}

async function phaseOf(provider: LocalProvider, executionId: string): Promise<string | undefined> {
  return (await provider.taskObserver.describeTasks(ctx, [executionId])).get(executionId)?.phase;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Memory of the process whose arguments name the task's directory and the supervisor's program. */
function supervisorMemory(executionId: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ');
  for (const pid of children) {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(executionId)) continue;
    const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  }
  return undefined;
}

/** Runs real tasks in a directory of their own. */
export async function measureTasks(): Promise<TaskCosts> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'refacet-bench-'));
  const provider = await createLocalProvider({
    stateDirectory,
    now: () => new Date(),
    nextId: () => randomBytes(16).toString('hex'),
    isolation: 'none',
  });
  try {
    await provider.imageRegistry.registerImage(ctx, { image: 'alpine', registeredBy: 'bench@example.com' });
    const imageId = await provider.imageRegistry.resolveImage(ctx);
    const start = async (command: string): Promise<string> =>
      (await provider.taskExecutor.startTask(ctx, 'bench@example.com', { imageId, command })).executionId;
    const ended = (id: string) => until(async () => (await phaseOf(provider, id)) === 'ended');

    const times: number[] = [];
    for (let index = 0; index < starts; index++) {
      const began = performance.now();
      const id = await start('sleep 0.2');
      await until(async () => (await phaseOf(provider, id)) !== 'starting');
      times.push(performance.now() - began);
      await ended(id);
    }

    const sleeper = await start('sleep 1000');
    await until(async () => (await phaseOf(provider, sleeper)) === 'running');
    const supervisorMebibytes = supervisorMemory(sleeper);
    await provider.taskExecutor.killTask(ctx, sleeper);
    await ended(sleeper);

    const printer = await start(`seq ${lines}`);
    await ended(printer);
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let peak = before;
    let count = 0;
    const began = performance.now();
    for await (const _event of provider.logAggregator.readExecutionLogs(ctx, printer)) {
      count += 1;
      if (count % 10_000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }
    if (count !== lines) throw new Error(`read ${count} lines of ${lines}`);
    return {
      startMilliseconds: median(times),
      supervisorMebibytes,
      logMebibytes: (peak - before) / 1024 ** 2,
      logLinesPerSecond: lines / ((performance.now() - began) / 1000),
    };
  } finally {
    await provider.close();
    rmSync(stateDirectory, { recursive: true, force: true });
  }
}
