import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Cloud } from './cloud.js';
import type { TaskState } from './ecs/ecs-state.js';
import { advanceTask } from './ecs/task-life.js';
import { putEvent } from './logs/logs-state.js';

/** Lets the tasks of a cloud run. */
export interface Containers {
  /** Ends every task and stops looking for new ones. */
  stop(): Promise<void>;
}

/** The container whose command the user asked for. */
const mainContainer = 'runner';

/**
 * Runs what tasks of the model ask for as processes of this machine, with the variables of their overrides and nothing
 * else but a `PATH`, and puts what they print into their log streams. The sidecar counts as done: nothing is checked out.
 */
export function runContainers(
  cloud: Cloud,
  { path, everyMs = 20 }: { path: string; everyMs?: number },
): Containers {
  const stopping = new AbortController();
  const processes = new Map<string, ChildProcess>();
  const { ecs, logs } = cloud.state;

  const start = (task: TaskState): void => {
    const override = task.input.overrides?.containerOverrides?.find(({ name }) => name === mainContainer);
    const [program = '/bin/true', ...parameters] = override?.command ?? [];
    const variables = (override?.environment ?? []).map(({ name = '', value = '' }) => [name, value]);
    const env = { PATH: path, ...(Object.fromEntries(variables) as Record<string, string>) };
    const child = spawn(program, parameters, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    processes.set(task.id, child);
    const group = logGroupOf(task);
    const stream = `task/${mainContainer}/${task.id}`;
    logs.groups.get(group)?.set(stream, []);
    advanceTask(ecs, task.id, 'RUNNING', cloud.context);
    for (const output of [child.stdout, child.stderr])
      createInterface({ input: output }).on('line', (message) =>
        putEvent(logs, group, stream, { timestamp: cloud.context.now().getTime(), message }),
      );
    child.on('close', (code, signal) => {
      processes.delete(task.id);
      advanceTask(ecs, task.id, 'STOPPED', cloud.context, { exitCode: code ?? (signal === null ? 1 : 137) });
    });
  };

  const running = (async () => {
    while (!stopping.signal.aborted) {
      for (const task of [...ecs.tasks.values()]) {
        if (task.desiredStatus === 'STOPPED') end(processes.get(task.id));
        else if (task.lastStatus === 'PROVISIONING') start(task);
      }
      await wait(everyMs);
    }
  })();

  return {
    async stop() {
      stopping.abort();
      await running;
      for (const child of processes.values()) end(child);
    },
  };
}

/** The whole process group: a shell leaves children behind. */
function end(child: ChildProcess | undefined): void {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

function logGroupOf({ definition }: TaskState): string {
  const container = definition.input.containerDefinitions?.find(({ name }) => name === mainContainer);
  return container?.logConfiguration?.options?.['awslogs-group'] ?? '';
}
