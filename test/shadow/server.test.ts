import { describe, expect, it, onTestFinished } from 'vitest';
import { CloudSession } from '../aws-model/cloud-session.js';
import { deploymentEnv, openDeployment } from '../aws-model/deployment.js';
import { runContainers } from '../aws-model/run-containers.js';
import { startWireServer } from '../aws-model/wire/wire-server.js';
import { linesOf, run, untilEnded, statusOf, until } from '../end-to-end/executions.js';
import { makeHome, startServer } from '../end-to-end/server-process.js';

interface ShadowRecord {
  readonly msg?: string;
  readonly shadow?: unknown;
  readonly totals?: Readonly<Record<string, { readonly verdicts: Readonly<Record<string, number>> }>>;
}

/** The whole program, with the real clients on a real connection. */
describe.each(['monolith', 'facade'])(
  'the server with RUNNER=shadow behind the %s',
  (REFACET_SHADOW_CONTROL) => {
    it('serves as ever, finds no difference, and says what it has compared', async () => {
      const cloud = openDeployment({ now: () => new Date() });
      const containers = runContainers(cloud, { path: process.env['PATH'] ?? '' });
      const aws = await startWireServer(new CloudSession(cloud));
      onTestFinished(async () => {
        await containers.stop();
        await aws.close();
      });
      const server = await startServer({
        home: await makeHome(),
        api: 'existing',
        env: {
          ...deploymentEnv,
          REFACET_PROVIDER: 'aws',
          AWS_ENDPOINT_URL: aws.url,
          RUNNER: 'shadow',
          REFACET_SHADOW_CONTROL,
          REFACET_SHADOW_SAMPLE: '1',
        },
      });

      await server.json('POST', '/images/register', { image: 'alpine:3.18' });
      await server.json('POST', '/images/register', { image: 'ubuntu:22.04', is_default: true });
      await server.json('GET', '/images');
      await server.json('GET', '/images/alpine:3.18');
      expect((await server.call('GET', '/images/nope:1')).status).toBe(404);
      const quick = await run(server, 'echo hi; exit 3', { env: { SECRET: 'hush' } });
      expect(await untilEnded(server, quick)).toMatchObject({ exit_code: 3 });
      expect(await linesOf(server, quick)).toContain('hi');
      const slow = await run(server, 'sleep 60', { image: 'alpine:3.18' });
      await until(
        () => statusOf(server, slow),
        ({ status }) => status === 'RUNNING',
      );
      expect((await server.call('DELETE', `/executions/${slow}`)).status).toBe(200);
      server.signal('SIGTERM');
      expect((await server.ended).code).toBe(0);

      const records = server
        .stdout()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as ShadowRecord);
      expect(records.filter(({ msg }) => msg === 'the shadow differs')).toEqual([]);
      const { totals = {} } = records.find(({ msg }) => msg === 'shadow so far') ?? {};
      expect(totals, server.stdout()).not.toEqual({});
      for (const method of ['startTask', 'killTask', 'registerImage', 'listImages', 'getImage'])
        expect(totals[method]?.verdicts['match'], method).toBeGreaterThan(0);
      const verdicts = Object.values(totals).flatMap((one) => Object.keys(one.verdicts));
      expect(verdicts).not.toContain('broken');
      expect(verdicts).not.toContain('not-recorded');
    });
  },
);
