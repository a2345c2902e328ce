import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import type { MeasuredPaths, MeasuredServerMessage } from './measured-server.js';
import { median } from './statistics.js';

const rounds = 5;
const connections = 16;

interface MeasuredServer {
  readonly child: ChildProcess;
  readonly port: number;
  readonly paths: MeasuredPaths;
  readonly key: string | undefined;
}

/** What one kind of request costs one server. */
export interface Cost {
  readonly cpuMicroseconds: number;
  readonly requestsPerSecond: number;
  readonly p99Milliseconds: number;
}

/** One row of the comparison: the API and its peer, measured in turn in one run. */
export interface Comparison {
  readonly request: keyof MeasuredPaths;
  readonly peer: Cost;
  readonly api: Cost;
}

async function nextMessage<Kind extends MeasuredServerMessage['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<MeasuredServerMessage, { kind: Kind }>> {
  return await new Promise((resolve, reject) => {
    const fail = (code: number | null): void => {
      reject(new Error(`the measured server ended with ${String(code)}`));
    };
    child.once('exit', fail);
    child.on('message', function listen(message: MeasuredServerMessage) {
      if (message.kind !== kind) return;
      child.off('message', listen);
      child.off('exit', fail);
      resolve(message as Extract<MeasuredServerMessage, { kind: Kind }>);
    });
  });
}

async function start(module: string): Promise<MeasuredServer> {
  const child = fork(join(import.meta.dirname, module), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { port, paths, key } = await nextMessage(child, 'listening');
  return { child, port, paths, key };
}

async function cpu(server: MeasuredServer): Promise<number> {
  const answer = nextMessage(server.child, 'cpu');
  server.child.send('cpu');
  return (await answer).microseconds;
}

async function measure(server: MeasuredServer, request: keyof MeasuredPaths, amount: number): Promise<Cost> {
  const before = await cpu(server);
  const began = performance.now();
  const result = await autocannon({
    url: `http://127.0.0.1:${server.port}${server.paths[request]}`,
    connections,
    amount,
    // A run ends with a sample: one a second would round every duration up to whole seconds.
    sampleInt: 20,
    headers: { 'Content-Type': 'application/json', 'X-API-Key': server.key ?? '' },
    ...(request === 'run'
      ? { method: 'POST', body: JSON.stringify({ command: 'echo hello', env: { GREETING: 'hello' } }) }
      : { method: 'GET' }),
  });
  const seconds = (performance.now() - began) / 1000;
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${request}: ${result.non2xx} refused and ${result.errors} failed of ${amount} requests`);
  }
  return {
    cpuMicroseconds: ((await cpu(server)) - before) / amount,
    // autocannon's own duration is in whole seconds.
    requestsPerSecond: amount / seconds,
    p99Milliseconds: result.latency.p99,
  };
}

const medianCost = (costs: readonly Cost[]): Cost => ({
  cpuMicroseconds: median(costs.map((cost) => cost.cpuMicroseconds)),
  requestsPerSecond: median(costs.map((cost) => cost.requestsPerSecond)),
  p99Milliseconds: median(costs.map((cost) => cost.p99Milliseconds)),
});

/** Measures both servers round by round, in turn, so that a noisy machine is noisy for both. */
export async function compareServers(
  peerModule: string,
  apiModule: string,
  amounts: Readonly<Record<keyof MeasuredPaths, number>>,
): Promise<Comparison[]> {
  const peer = await start(peerModule);
  const api = await start(apiModule);
  try {
    const comparisons: Comparison[] = [];
    for (const request of ['status', 'list', 'run'] as const) {
      await measure(peer, request, amounts[request]);
      await measure(api, request, amounts[request]);
      const costs = { peer: [] as Cost[], api: [] as Cost[] };
      for (let round = 0; round < rounds; round++) {
        costs.peer.push(await measure(peer, request, amounts[request]));
        costs.api.push(await measure(api, request, amounts[request]));
      }
      comparisons.push({ request, peer: medianCost(costs.peer), api: medianCost(costs.api) });
    }
    return comparisons;
  } finally {
    peer.child.disconnect();
    api.child.disconnect();
  }
}
