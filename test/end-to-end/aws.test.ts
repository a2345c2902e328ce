import { describe, expect, it, onTestFinished } from 'vitest';
import { CloudSession } from '../aws-model/cloud-session.js';
import type { Cloud } from '../aws-model/cloud.js';
import { deploymentEnv, openDeployment } from '../aws-model/deployment.js';
import { runContainers } from '../aws-model/run-containers.js';
import { startWireServer } from '../aws-model/wire/wire-server.js';
import { linesOf, run, statusOf, until } from './executions.js';
import { type ServerProcess, makeHome, spawnServer, startServer } from './server-process.js';

/** An account with a deployment, its tasks alive, behind an endpoint of this machine. */
async function openAccount(): Promise<{ readonly cloud: Cloud; readonly env: Record<string, string> }> {
  const cloud = openDeployment({ now: () => new Date() });
  const containers = runContainers(cloud, { path: process.env['PATH'] ?? '' });
  const server = await startWireServer(new CloudSession(cloud));
  onTestFinished(async () => {
    await containers.stop();
    await server.close();
  });
  const env = { ...deploymentEnv, REFACET_PROVIDER: 'aws', AWS_ENDPOINT_URL: server.url };
  return { cloud, env };
}

const untilStatus = (server: ServerProcess, executionId: string, wanted: string): Promise<unknown> =>
  until(
    () => statusOf(server, executionId),
    ({ status }) => status === wanted,
  );

describe.each([
  { api: 'migrated', env: {} },
  { api: 'existing', env: { RUNNER: 'facade' } },
  { api: 'existing', env: { RUNNER: 'monolith' } },
] as const)('the $api API on AWS, with $env', ({ api, env: chosen }) => {
  it('runs commands, shows their logs, stops them, and finds everything again after a restart', async () => {
    const { env } = await openAccount();
    const home = await makeHome();
    const server = await startServer({ home, api, env: { ...env, ...chosen } });
    await server.json('POST', '/images/register', { image: 'alpine:3.18' });

    const quick = await run(server, 'echo hi; exit 3');
    await untilStatus(server, quick, 'FAILED');
    expect(await linesOf(server, quick)).toContain('hi');
    const slow = await run(server, 'sleep 60');
    await untilStatus(server, slow, 'RUNNING');
    server.signal('SIGTERM');
    expect((await server.ended).code).toBe(0);

    const again = await startServer({ home, api, env: { ...env, ...chosen } });
    expect((await again.call('DELETE', `/executions/${slow}`)).status).toBe(200);
    await untilStatus(again, slow, 'STOPPED');
    expect(await statusOf(again, quick)).toMatchObject({ exit_code: 3 });
    expect(await again.json('GET', '/executions')).toHaveLength(2);
  });
});

describe('a start on AWS that cannot work', () => {
  it.each([
    ['RUNVOY_AWS_ECS_CLUSTER', ''],
    ['AWS_REGION', ''],
  ])('%s=%j is a sentence that names the variable, and exit code 2', async (name, value) => {
    const { env } = await openAccount();
    const server = await spawnServer({ home: await makeHome(), env: { ...env, [name]: value } });

    expect((await server.ended).code).toBe(2);
    expect(server.stderr()).toContain(name);
    expect(server.stderr(), 'a sentence, no stack trace').not.toMatch(/\n\s+at /);
  });

  it('a table that is not there is named with what was asked of it', async () => {
    const { env } = await openAccount();
    const server = await spawnServer({
      home: await makeHome(),
      env: { ...env, RUNVOY_AWS_EXECUTIONS_TABLE: 'none' },
    });

    expect((await server.ended).code).toBe(1);
    expect(server.stderr()).toContain('failed to query executions');
    expect(server.stderr()).toContain('because: Requested resource not found');
  });
});

it('the monolith on this machine is refused with what to do, and exit code 2', async () => {
  const server = await spawnServer({
    home: await makeHome(),
    api: 'existing',
    env: { RUNNER: 'monolith' },
  });

  expect((await server.ended).code).toBe(2);
  expect(server.stderr()).toContain('set REFACET_PROVIDER=aws, or RUNNER=facade');
});
