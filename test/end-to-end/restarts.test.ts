import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { linesOf, run, statusOf, until, untilEnded } from './executions.js';
import { isRunning, longSleep } from './processes.js';
import { freePort, makeHome, spawnServer, startReadyServer, startServer } from './server-process.js';

describe('a server that goes away and comes back', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'by %s, in the middle of a task, loses no line and no exit code',
    async (signal) => {
      const home = await makeHome();
      const first = await startReadyServer({ home });
      const id = await run(first, 'for i in 1 2 3 4 5 6; do echo $i; sleep 0.5; done; exit 7');
      await until(
        () => linesOf(first, id),
        (lines) => lines.length >= 2,
      );

      first.signal(signal);
      const ending = await first.ended;
      const second = await startServer({ home });

      if (signal !== 'SIGKILL') expect(ending).toEqual({ code: 0, signal: null });
      expect(await untilEnded(second, id)).toMatchObject({ status: 'FAILED', exit_code: 7 });
      expect((await linesOf(second, id)).slice(0, 6)).toEqual(['1', '2', '3', '4', '5', '6']);
    },
  );

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'by %s, knows how a task ended while it was away',
    async (signal) => {
      const home = await makeHome();
      const first = await startReadyServer({ home });
      const id = await run(first, 'echo begun; sleep 1; echo done; exit 3');
      await until(
        () => linesOf(first, id),
        (lines) => lines.length >= 1,
      );
      first.signal(signal);
      await first.ended;
      await wait(2_000);

      const second = await startServer({ home });

      const { started_at: startedAt, completed_at: completedAt } = await untilEnded(second, id);
      expect(await statusOf(second, id)).toMatchObject({ status: 'FAILED', exit_code: 3 });
      expect((await linesOf(second, id)).slice(0, 2)).toEqual(['begun', 'done']);
      const took = Date.parse(completedAt ?? '') - Date.parse(startedAt);
      expect(took, 'it ended when it ended, not when somebody looked').toBeLessThan(3_000);
    },
  );

  it('can stop what its predecessor started', async () => {
    const home = await makeHome();
    const first = await startReadyServer({ home });
    const command = longSleep();
    const id = await run(first, command);
    await until(() => isRunning(command), Boolean);
    first.signal('SIGKILL');
    await first.ended;

    const second = await startServer({ home });
    await second.json('DELETE', `/executions/${id}`);

    expect(await untilEnded(second, id)).toMatchObject({ status: 'STOPPED', exit_code: 130 });
    await until(
      () => isRunning(command),
      (runs) => !runs,
    );
  });

  it('finishes a kill that was asked for right before it was killed itself', async () => {
    const home = await makeHome();
    const first = await startReadyServer({ home });
    const id = await run(first, 'trap "" TERM; echo ready; while :; do sleep 0.2; done');
    await until(
      () => linesOf(first, id),
      (lines) => lines.includes('ready'),
    );
    await first.json('DELETE', `/executions/${id}`);
    first.signal('SIGKILL');
    await first.ended;

    const second = await startServer({ home });

    expect(await untilEnded(second, id)).toMatchObject({ status: 'STOPPED', exit_code: 130 });
  });

  it('leaves tasks running when it is told to stop, and ends within seconds', async () => {
    const home = await makeHome();
    const server = await startReadyServer({ home });
    const command = longSleep();
    await run(server, command);
    await until(() => isRunning(command), Boolean);
    const began = performance.now();

    server.signal('SIGTERM');

    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await isRunning(command)).toBe(true);
  });

  it('finishes the answers that it has begun when it is told to stop', async () => {
    const home = await makeHome();
    const server = await startReadyServer({ home });

    const answers = Array.from({ length: 20 }, () =>
      server.call('POST', '/run', { command: 'true' }).catch(() => undefined),
    );
    await wait(30);
    server.signal('SIGTERM');
    const outcomes = await Promise.all(answers);
    await server.ended;

    const second = await startServer({ home });
    const listed = (await second.json('GET', '/executions?limit=0')) as { execution_id: string }[];
    for (const outcome of outcomes) {
      if (outcome?.status !== 202) continue;
      const { execution_id: id } = JSON.parse(outcome.text) as { execution_id: string };
      expect(listed.map(({ execution_id: known }) => known)).toContain(id);
    }
  });

  it('keeps users, images, secrets and executions', async () => {
    const home = await makeHome();
    const first = await startReadyServer({ home });
    await first.json('POST', '/secrets', { name: 's', key_name: 'S', value: 'kept' });
    const { claim_token: token } = (await first.json('POST', '/users/create', {
      email: 'dev@example.com',
      role: 'developer',
      api_key: 'dev-key',
    })) as { claim_token: string };
    const id = await run(first, 'echo kept');
    await untilEnded(first, id);
    const listed = await first.json('GET', '/executions');
    first.signal('SIGKILL');
    await first.ended;

    const second = await startServer({ home });

    expect(await second.json('GET', '/executions')).toEqual(listed);
    expect(await second.json('GET', '/secrets/s')).toMatchObject({ secret: { value: 'kept' } });
    expect(await second.json('GET', `/claim/${token}`)).toMatchObject({ api_key: 'dev-key' });
    expect(await second.json('GET', '/images')).toMatchObject({ images: [{ image: 'alpine:3.18' }] });
    expect((await second.call('GET', '/executions', undefined, 'dev-key')).status).toBe(200);
    expect(await linesOf(second, id)).toEqual(['kept']);
  });

  it('never acknowledges a task that a kill -9 makes it forget', async () => {
    const home = await makeHome();
    let server = await startReadyServer({ home });
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const running = server;
      const asking = Array.from({ length: 8 }, async (_, index) => {
        await wait(index * 15);
        const answer = await running.call('POST', '/run', { command: 'echo x' }).catch(() => undefined);
        if (answer?.status === 202)
          acknowledged.push((JSON.parse(answer.text) as { execution_id: string }).execution_id);
      });
      await wait(60 + round * 40);
      running.signal('SIGKILL');
      await Promise.all([...asking, running.ended]);
      server = await startServer({ home });
    }

    for (const id of acknowledged) {
      expect(await untilEnded(server, id, 30)).toMatchObject({ status: 'SUCCEEDED', exit_code: 0 });
      expect(await linesOf(server, id)).toEqual(['x']);
    }
    // What was started without an answer is recorded too, or was stopped; nothing stays open.
    await until(
      async () =>
        (await server.json('GET', '/executions?limit=0&status=STARTING,RUNNING,TERMINATING')) as unknown[],
      (open) => open.length === 0,
    );
  }, 60_000);
});

describe('a second server', () => {
  it('on the same directory is refused with a sentence, and the first goes on', async () => {
    const home = await makeHome();
    const first = await startReadyServer({ home });

    const second = await spawnServer({ home });

    expect((await second.ended).code).toBeGreaterThan(0);
    const said = second.stdout() + second.stderr();
    expect(said).toContain(home);
    expect(said, 'a sentence, no stack trace').not.toMatch(/\n\s+at /);
    const id = await run(first, 'echo still here');
    expect(await untilEnded(first, id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('on the same port is refused with a sentence that names the port', async () => {
    const port = await freePort();
    await startServer({ home: await makeHome(), port });

    const second = await spawnServer({ home: await makeHome(), port });

    expect((await second.ended).code).toBeGreaterThan(0);
    const said = second.stdout() + second.stderr();
    expect(said).toContain(String(port));
    expect(said).not.toMatch(/\n\s+at /);
  });
});
