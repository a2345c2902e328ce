import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { run, statusOf, until, untilEnded } from './executions.js';
import { residentMemory } from './processes.js';
import { makeHome, startReadyServer } from './server-process.js';

const mebibyte = 1024 * 1024;
const line = '0123456789'.repeat(10);

it('a command that prints 200 MB does not make the server grow, read or unread', async () => {
  const server = await startReadyServer({ home: await makeHome() });
  await untilEnded(server, await run(server, 'echo warm'));
  const before = await residentMemory(server.pid);
  let peak = before;
  const id = await run(server, `echo first; yes ${line} | head -n 2000000; sleep 3; echo last`);
  // A reader who opens a stream and then reads nothing: what waits for them must not wait in memory.
  const { websocket_url: url } = (await until(
    () => server.json('GET', `/executions/${id}/logs`).catch(() => ({})),
    (body) => 'websocket_url' in (body as object),
  )) as { websocket_url: string };
  const idle = new WebSocket(url);
  idle.on('error', () => undefined);
  await new Promise((resolve) => idle.on('open', resolve));
  idle.pause();
  // Reading the log once, while it is short or long, has its own bound: the last 32 MiB.
  const afterFirstRead = await residentMemory(server.pid);

  let status = await statusOf(server, id);
  while (status.status === 'RUNNING' || status.status === 'STARTING') {
    peak = Math.max(peak, await residentMemory(server.pid));
    await wait(100);
    status = await statusOf(server, id);
  }
  idle.terminate();

  expect(status).toMatchObject({ status: 'SUCCEEDED', exit_code: 0 });
  expect((peak - Math.max(before, afterFirstRead)) / mebibyte, 'MiB').toBeLessThan(96);
}, 180_000);

it('answers at most the last 32 MiB of a log, and says what was left out', async () => {
  const server = await startReadyServer({ home: await makeHome() });
  const id = await run(server, `echo first; yes ${line} | head -n 500000; echo last`);
  await untilEnded(server, id, 60);

  const answer = await server.call('GET', `/executions/${id}/logs`);
  const { events } = JSON.parse(answer.text) as { events: { message: string }[] };
  expect(events.at(-1)?.message).toBe('last');
  expect(events[0]?.message).toMatch(/\d/);
  expect(events[0]?.message).not.toBe('first');
  const carried = events.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);
  expect(carried).toBeLessThanOrEqual(32 * mebibyte + 1024);
  expect(carried).toBeGreaterThan(16 * mebibyte);
}, 180_000);
