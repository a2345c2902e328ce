import { WebSocket } from 'ws';
import { type Answer, jsonOf, send } from './raw-client.js';

/** Where in its work the client is; tests let tasks begin, print and end at these moments. */
export type Step = 'started' | 'asked-for-status' | 'slept' | 'asked-for-logs' | 'connected' | 'disconnected';

export interface CommandLineClientOptions {
  readonly port: number;
  readonly apiKey: string;
  /** Called, and waited for, whenever the client has come one step further. */
  readonly onStep?: (step: Step, executionId: string) => void | Promise<void>;
  /** Waits; the seconds are those of the contract. */
  readonly sleep: (seconds: number) => Promise<void>;
}

/** What somebody at the terminal has seen. */
export interface Display {
  /** Log lines in the order in which they were printed. */
  readonly lines: readonly string[];
  readonly notices: readonly string[];
  /** How long the client slept, in seconds. */
  readonly sleeps: readonly number[];
  /** Whether lines came over a stream at all. */
  readonly isStreamed: boolean;
  /** Raw text of the frames. */
  readonly frames: readonly string[];
}

/**
 * The original's command-line client, as far as it shows logs: section 5.3 of the HTTP contract, step by step, with
 * its weaknesses. A server is compatible when a person who uses this sees the whole output.
 */
export function commandLineClient({ port, apiKey, onStep, sleep }: CommandLineClientOptions) {
  const ask = (method: string, path: string, body?: object): Promise<Answer> =>
    send(port, {
      method,
      path: `/api/v1${path}`,
      headers: { 'X-API-Key': apiKey, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });

  const logs = async (executionId: string): Promise<Display> => {
    const lines: string[] = [];
    const notices: string[] = [];
    const sleeps: number[] = [];
    const frames: string[] = [];
    const display = (isStreamed: boolean): Display => ({ lines, notices, sleeps, isStreamed, frames });
    const rest = async (seconds: number): Promise<void> => {
      sleeps.push(seconds);
      await sleep(seconds);
      await onStep?.('slept', executionId);
    };

    const status = await ask('GET', `/executions/${executionId}/status`);
    await onStep?.('asked-for-status', executionId);
    if (status.status < 400) {
      const state = (jsonOf(status) as { status: string }).status;
      if (state === 'STARTING') await rest(30);
      if (state === 'TERMINATING') await rest(10);
    }

    let answer = await ask('GET', `/executions/${executionId}/logs`);
    for (let attempt = 1; attempt < 5 && answer.status === 503 && isJson(answer); attempt += 1) {
      await rest(10);
      answer = await ask('GET', `/executions/${executionId}/logs`);
    }
    await onStep?.('asked-for-logs', executionId);
    if (answer.status >= 400) {
      notices.push(`[${answer.status}] ${answer.text.trim()}`);
      return display(false);
    }
    const found = jsonOf(answer) as {
      events: { timestamp: number; message: string }[] | null;
      status: string;
      websocket_url?: string;
    };
    lines.push(
      ...[...(found.events ?? [])].sort((a, b) => a.timestamp - b.timestamp).map(({ message }) => message),
    );
    const url = found.websocket_url;
    if (url === undefined || url === '') return display(false);
    if (['SUCCEEDED', 'FAILED', 'STOPPED', 'TERMINATING'].includes(found.status)) {
      notices.push(`completed with status ${found.status}`);
      return display(false);
    }
    await follow(url, executionId, lines, notices, frames);
    return display(true);
  };

  const follow = (
    url: string,
    executionId: string,
    lines: string[],
    notices: string[],
    frames: string[],
  ): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      let noticed: Promise<void> = Promise.resolve();
      socket.on('open', () => void Promise.resolve(onStep?.('connected', executionId)).catch(reject));
      socket.on('error', (error) => {
        notices.push(`warning: ${error.message}`);
        resolve();
      });
      socket.on('message', (data: Buffer) => {
        const text = data.toString('utf8');
        frames.push(text);
        const frame = parsedObject(text);
        if (frame === undefined) return;
        if (frame['type'] === 'disconnect') {
          notices.push(`disconnected: ${String(frame['reason'])}`);
          noticed = Promise.resolve(onStep?.('disconnected', executionId));
          noticed.then(() => socket.close(1000, 'Execution completed'), reject);
          return;
        }
        lines.push(typeof frame['message'] === 'string' ? frame['message'] : '');
      });
      socket.on('close', (code) => {
        if (code !== 1000 && code !== 1001) notices.push(`warning: closed with ${code}`);
        noticed.then(resolve, reject);
      });
    });

  const run = async (request: { command: string } & Record<string, unknown>) => {
    const answer = await ask('POST', '/run', request);
    if (answer.status !== 202) throw new Error(`run: ${answer.status} ${answer.text}`);
    const { execution_id: executionId } = jsonOf(answer) as { execution_id: string };
    await onStep?.('started', executionId);
    return { executionId, ...(await logs(executionId)) };
  };

  return { ask, run, logs };
}

function isJson(answer: Answer): boolean {
  return parsedObject(answer.text) !== undefined;
}

function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
