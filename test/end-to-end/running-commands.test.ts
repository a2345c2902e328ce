import { describe, expect, it } from 'vitest';
import { linesOf, run, statusOf, until, untilEnded } from './executions.js';
import { isolations } from './isolations.js';
import { isRunning, longSleep } from './processes.js';
import { makeHome, startReadyServer } from './server-process.js';

describe.each(isolations)('commands on the built server, isolation %s', (isolation) => {
  const start = async () =>
    startReadyServer({ home: await makeHome(), env: { REFACET_ISOLATION: isolation } });

  it('runs a loop whose status and log grow, and reports its exit code', async () => {
    const server = await start();

    const id = await run(server, 'for i in 1 2 3; do echo $i; sleep 1; done; exit 7');

    await until(
      () => linesOf(server, id),
      (lines) => lines.length >= 1,
    );
    expect(await linesOf(server, id)).toEqual(['1']);
    expect(await statusOf(server, id)).toMatchObject({ status: 'RUNNING', exit_code: null });
    expect(await statusOf(server, id)).not.toHaveProperty('completed_at');
    await until(
      () => linesOf(server, id),
      (lines) => lines.length >= 2,
    );
    expect(await linesOf(server, id)).toEqual(['1', '2']);
    expect(await untilEnded(server, id)).toMatchObject({ status: 'FAILED', exit_code: 7 });
    expect((await linesOf(server, id)).slice(0, 3)).toEqual(['1', '2', '3']);
    const [execution] = (await server.json('GET', '/executions')) as { duration_seconds: number }[];
    expect(execution).toMatchObject({ execution_id: id, status: 'FAILED', exit_code: 7 });
    expect(execution?.duration_seconds).toBeGreaterThanOrEqual(2);
    expect(execution?.duration_seconds).toBeLessThanOrEqual(6);
  });

  it('kills a command that would run for long, with all that it started', async () => {
    const server = await start();
    const [background, foreground] = [longSleep(), longSleep()];
    const id = await run(server, `${background} & ${foreground}; echo never`);
    await until(() => isRunning(foreground), Boolean);
    await until(() => isRunning(background), Boolean);

    expect(await server.json('DELETE', `/executions/${id}`)).toEqual({
      execution_id: id,
      message: 'Execution termination initiated',
    });

    expect(await untilEnded(server, id)).toMatchObject({ status: 'STOPPED', exit_code: 130 });
    expect(await linesOf(server, id)).not.toContain('never');
    await until(
      async () => (await isRunning(foreground)) || (await isRunning(background)),
      (runs) => !runs,
    );
    expect((await server.call('DELETE', `/executions/${id}`)).status).toBe(204);
  });

  it('kills a command that ignores the request to stop, after the grace', async () => {
    const server = await start();
    const id = await run(server, 'trap "" TERM; echo ready; while :; do sleep 0.2; done');
    await until(
      () => linesOf(server, id),
      (lines) => lines.includes('ready'),
    );

    await server.json('DELETE', `/executions/${id}`);

    expect(await statusOf(server, id)).toMatchObject({ status: 'TERMINATING', exit_code: null });
    expect(await untilEnded(server, id)).toMatchObject({ status: 'STOPPED', exit_code: 130 });
  });

  it('lets a command clean up when it is killed', async () => {
    const server = await start();
    const id = await run(server, 'trap "echo cleaned; exit 0" TERM; echo ready; while :; do sleep 0.1; done');
    await until(
      () => linesOf(server, id),
      (lines) => lines.includes('ready'),
    );

    await server.json('DELETE', `/executions/${id}`);

    expect(await untilEnded(server, id)).toMatchObject({ status: 'STOPPED', exit_code: 130 });
    expect(await linesOf(server, id)).toContain('cleaned');
  });

  it('kills a command in the very moment after it was started', async () => {
    const server = await start();

    for (let time = 0; time < 5; time += 1) {
      const id = await run(server, longSleep());
      expect((await server.call('DELETE', `/executions/${id}`)).status).toBe(200);
      expect(await untilEnded(server, id)).toMatchObject({ status: 'STOPPED', exit_code: 130 });
    }
  });

  it.each([
    ['true', 'SUCCEEDED', 0],
    ['exit 1', 'FAILED', 1],
    ['exit 255', 'FAILED', 255],
    ['kill -9 $$', 'FAILED', 137],
    ['kill -TERM $$', 'FAILED', 143],
    ['no-such-command-anywhere', 'FAILED', 127],
    ['if', 'FAILED', 2],
    ['sleep 0.3; exit 3', 'FAILED', 3],
  ])('reports how `%s` ended', async (command, status, exitCode) => {
    const server = await start();

    const id = await run(server, command);

    expect(await untilEnded(server, id)).toMatchObject({ status, exit_code: exitCode });
  });

  it('ends a command at its time limit', async () => {
    const server = await start();

    const id = await run(server, `echo begun; ${longSleep()}`, { timeout: 1 });

    expect(await untilEnded(server, id)).toMatchObject({ status: 'FAILED', exit_code: 124 });
    const lines = await linesOf(server, id);
    expect(lines[0]).toBe('begun');
    expect(lines.at(-1)).toMatch(/^refacet: /);
  });

  it('gives a command its variables and secrets and nothing of the server', async () => {
    const server = await start();
    await server.json('POST', '/secrets', {
      name: 's',
      key_name: 'FROM_SECRET',
      value: 'it is a "secret" $x',
    });

    const id = await run(server, 'env; echo "[$FROM_SECRET]"', { env: { A: "it's\tb" }, secrets: ['s'] });
    await untilEnded(server, id);

    const lines = await linesOf(server, id);
    expect(lines).toContain("A=it's\tb");
    expect(lines).toContain('[it is a "secret" $x]');
    expect(lines).toContain('LANG=C.UTF-8');
    expect(lines.filter((line) => /^(REFACET_|PORT=|NODE_|VITEST|npm_)/.test(line))).toEqual([]);
  });

  it('shows every form of output as lines', async () => {
    const server = await start();
    const command = [
      "printf 'no newline at the end'",
      "printf '\\n\\n'",
      "printf 'bad \\377 byte\\n'",
      "printf 'ünïcödé 😀\\n'",
      "printf 'carriage\\r\\n'",
      "printf 'nul \\000 byte\\n'",
      'echo to-stderr >&2',
      "printf 'last'",
    ].join('; ');

    const id = await run(server, command);
    await untilEnded(server, id);

    const lines = await linesOf(server, id);
    expect(lines.slice(0, 3)).toEqual(['no newline at the end', '', 'bad \ufffd byte']);
    expect(lines).toContain('ünïcödé 😀');
    expect(lines).toContain('nul \u0000 byte');
    expect(lines).toContain('to-stderr');
    expect(lines).toContain('last');
  });

  it('runs many commands at once, each with its own output', async () => {
    const server = await start();

    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, index) => run(server, `echo ${index}; exit ${index}`)),
    );

    for (const [index, id] of ids.entries()) {
      expect((await untilEnded(server, id, 60)).exit_code).toBe(index);
      expect((await linesOf(server, id))[0]).toBe(String(index));
    }
    expect(new Set(ids).size).toBe(12);
  });

  it('refuses a command and a variable above 128 KiB before anything is recorded', async () => {
    const server = await start();
    const long = 'x'.repeat(128 * 1024 + 1);

    for (const body of [{ command: `: ${long}` }, { command: 'true', env: { LONG: long } }]) {
      const answer = await server.call('POST', '/run', body);
      expect(answer.status, answer.text).toBe(400);
      expect(JSON.parse(answer.text)).toMatchObject({
        error: 'failed to run command',
        code: 'INVALID_REQUEST',
      });
    }
    expect(await server.json('GET', '/executions')).toEqual([]);
  });

  it('takes a command with quotes, lines and dollar signs as the shell would', async () => {
    const server = await start();

    const id = await run(
      server,
      `X='a b'\nprintf '%s|' "$X" 'c"d' \\$e\necho\ncat <<'END'\n$(not run) \`nor this\`\nEND`,
    );
    await untilEnded(server, id);

    expect(await linesOf(server, id)).toEqual(['a b|c"d|$e|', '$(not run) `nor this`']);
  });
});
