import { describe, expect, it } from 'vitest';
import { until } from './executions.js';
import { makeHome, spawnServer, startReadyServer } from './server-process.js';

describe('the API that still calls Runner', () => {
  it('runs a command to its end and counts the deprecated calls', async () => {
    const server = await startReadyServer({ home: await makeHome(), api: 'existing' });

    const started = (await server.json('POST', '/run', { command: 'exit 7' })) as { execution_id: string };
    const status = await until(
      () => server.json('GET', `/executions/${started.execution_id}/status`),
      (answer) => (answer as { status: string }).status === 'FAILED',
    );
    server.signal('SIGTERM');
    const { code } = await server.ended;

    expect(status).toMatchObject({ exit_code: 7 });
    expect(code).toBe(0);
    expect(server.stdout()).toMatch(/"method":"startTask","site":"legacy\/api","calls":1/);
  });

  it('refuses a runner that there is not with a sentence that names the setting', async () => {
    const server = await spawnServer({
      home: await makeHome(),
      api: 'existing',
      env: { RUNNER: 'imaginary' },
    });

    const { code } = await server.ended;

    const said = server.stdout() + server.stderr();
    expect(code, said).toBeGreaterThan(0);
    expect(said).toContain('RUNNER');
    expect(said, 'a sentence, no stack trace').not.toMatch(/\n\s+at /);
  });
});
