import { expect, it } from 'vitest';
import { expectCommonHeaders } from '../http/expectations.js';
import {
  badlyEncodedSegments,
  hostileBodies,
  hostileSegments,
  parameterRoutes,
} from '../http/hostile-input.js';
import { run, untilEnded } from './executions.js';
import { makeHome, startReadyServer } from './server-process.js';

it('hostile names and bodies meet a real store, real files and real processes, and change nothing', async () => {
  const server = await startReadyServer({ home: await makeHome() });
  await server.json('POST', '/secrets', { name: 'planted', key_name: 'P', value: 'planted' });
  const id = await run(server, 'echo planted');
  await untilEnded(server, id);
  const state = async (): Promise<unknown> => ({
    executions: await server.json('GET', '/executions?limit=0'),
    images: await server.json('GET', '/images'),
    secrets: await server.json('GET', '/secrets'),
    users: JSON.parse(
      JSON.stringify(await server.json('GET', '/users')).replaceAll(/"last_used":"[^"]*",?/g, ''),
    ) as unknown,
  });
  const before = await state();

  for (const [method, path] of parameterRoutes) {
    for (const segment of [...hostileSegments, ...badlyEncodedSegments]) {
      const answer = await server.call(method, path(segment), method === 'PUT' ? {} : undefined);
      expect([200, 204, 400, 404, 405], `${method} ${path(segment).slice(0, 80)}: ${answer.text}`).toContain(
        answer.status,
      );
      expectCommonHeaders(method, answer);
      expect(answer.text).not.toContain(server.home);
      expect(answer.text).not.toMatch(/sqlite|libsql|ENOENT|EINVAL/i);
    }
  }
  for (const [method, path, body] of hostileBodies) {
    const answer = await server.call(method, path, body);
    expect([400, 404], `${method} ${path} ${body.slice(0, 80)}: ${answer.text}`).toContain(answer.status);
    expectCommonHeaders(method, answer);
  }

  expect(await state()).toEqual(before);
  expect(server.stderr()).not.toMatch(/unhandled|uncaught/i);
}, 120_000);

it.each(['nul \u0000 inside', '\ud800 half a pair', 'x'.repeat(5_000), '../../escape', ''])(
  'a secret under a strange name is kept or refused, never half of both: %j',
  async (name) => {
    const server = await startReadyServer({ home: await makeHome() });

    const answer = await server.call('POST', '/secrets', { name, key_name: 'K', value: 'v' });

    expect([201, 400], answer.text).toContain(answer.status);
    const { total } = (await server.json('GET', '/secrets')) as { total: number };
    expect(total).toBe(answer.status === 201 ? 1 : 0);
  },
);

it.each([
  ['a NUL in the command', { command: 'echo a\u0000b' }],
  ['a NUL in a variable', { command: 'env', env: { A: 'a\u0000b' } }],
  ['a NUL in the name of a variable', { command: 'env', env: { 'A\u0000B': 'x' } }],
  ['a variable without a name', { command: 'env', env: { '': 'x' } }],
  ['an equals sign in the name of a variable', { command: 'env', env: { 'A=B': 'x' } }],
  [
    'a path out of the checkout',
    { command: 'true', git_repo: 'https://127.0.0.1:9/x.git', git_path: '../../..' },
  ],
  ['an option for a repository', { command: 'true', git_repo: '--upload-pack=touch hacked' }],
  ['a repository that runs a command', { command: 'true', git_repo: 'ext::sh -c "touch hacked"' }],
  [
    'an option for a ref',
    { command: 'true', git_repo: 'https://127.0.0.1:9/x.git', git_ref: '--upload-pack=x' },
  ],
  ['a time limit below zero', { command: 'true', timeout: -1 }],
  ['a time limit beyond all', { command: 'true', timeout: 9_007_199_254_740_991 }],
  ['a half surrogate', { command: 'echo \ud800' }],
])('%s is refused or runs to an end, and the server goes on', async (_, body) => {
  const server = await startReadyServer({ home: await makeHome() });

  const answer = await server.call('POST', '/run', body);

  expect([202, 400], answer.text).toContain(answer.status);
  expect(answer.text).not.toContain(server.home);
  if (answer.status === 202) {
    const { execution_id: id } = JSON.parse(answer.text) as { execution_id: string };
    await untilEnded(server, id, 25);
  } else {
    expect(await server.json('GET', '/executions')).toEqual([]);
  }
  expect((await server.call('GET', '/health')).status).toBe(200);
});
