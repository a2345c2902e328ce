import { setTimeout as wait } from 'node:timers/promises';
import type { ServerProcess } from './server-process.js';

/** Answer of `GET /executions/{id}/status`. */
export interface Status {
  readonly execution_id: string;
  readonly status: string;
  readonly started_at: string;
  readonly completed_at?: string;
  readonly exit_code: number | null;
}

/** Starts a command and resolves to the ID of its execution. */
export async function run(
  server: ServerProcess,
  command: string,
  more: object = {},
  key?: string,
): Promise<string> {
  const body = await server.json('POST', '/run', { command, ...more }, key);
  return (body as { execution_id: string }).execution_id;
}

export async function statusOf(server: ServerProcess, executionId: string): Promise<Status> {
  return (await server.json('GET', `/executions/${executionId}/status`)) as Status;
}

/** The log so far; nothing while there is none. */
export async function linesOf(server: ServerProcess, executionId: string): Promise<string[]> {
  const answer = await server.call('GET', `/executions/${executionId}/logs`);
  if (answer.status === 503) return [];
  const { events } = JSON.parse(answer.text) as { events: { message: string }[] };
  return events.map(({ message }) => message);
}

/** Asks again and again until the answer satisfies, and fails with the last answer. */
export async function until<Value>(
  ask: () => Promise<Value>,
  isEnough: (value: Value) => boolean,
  seconds = 20,
): Promise<Value> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const value = await ask();
    if (isEnough(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`after ${seconds} s still: ${JSON.stringify(value).slice(0, 2_000)}`);
    await wait(50);
  }
}

const final = ['SUCCEEDED', 'FAILED', 'STOPPED'];

export function untilEnded(server: ServerProcess, executionId: string, seconds = 20): Promise<Status> {
  return until(
    () => statusOf(server, executionId),
    ({ status }) => final.includes(status),
    seconds,
  );
}
