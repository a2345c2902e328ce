import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run, until, untilEnded } from './executions.js';
import { processes } from './processes.js';
import { adminKey, makeHome, startReadyServer } from './server-process.js';

const planted = {
  command: 'planted-command-4f1c',
  variable: 'planted-variable-8a2d',
  secret: 'planted-secret-b36e',
  repository: 'planted-password-c94a',
  chosenKey: 'planted-chosen-key-5e7f',
  wrongKey: 'planted-wrong-key-d18b',
  wrongToken: 'planted-wrong-token-e29c',
};

it('no key, token, secret, variable or command gets into what the server writes', async () => {
  const home = await makeHome();
  const server = await startReadyServer({ home, env: { REFACET_LOG_LEVEL: 'trace' } });
  await server.json('POST', '/secrets', { name: 's', key_name: 'FROM_SECRET', value: planted.secret });
  const { claim_token: token } = (await server.json('POST', '/users/create', {
    email: 'dev@example.com',
    role: 'developer',
    api_key: planted.chosenKey,
  })) as { claim_token: string };
  await server.json('GET', `/claim/${token}`, undefined, '');
  const id = await run(server, `: ${planted.command}; sleep 2`, {
    env: { A: planted.variable, API_KEY: planted.variable },
    secrets: ['s'],
  });
  const { websocket_url: url } = (await until(
    () => server.json('GET', `/executions/${id}/logs`).catch(() => ({})),
    (body) => 'websocket_url' in (body as object),
  )) as { websocket_url: string };
  const streamToken = new URL(url).searchParams.get('token') ?? '';
  await server.call('GET', `/executions?limit=x&token=${planted.wrongToken}`);
  await server.call('GET', `/claim/${planted.wrongToken}`, undefined, '');
  await server.call('GET', '/users', undefined, planted.wrongKey);
  await server.call('POST', '/run', `{"command":"${planted.command}`);
  const cloned = await run(server, `: ${planted.command}`, {
    git_repo: `http://user:${planted.repository}@127.0.0.1:9/nothing.git`,
  });

  // While a task runs, its secrets are in its environment and nowhere that others can see.
  const commands = (await processes()).map(({ command }) => command).join('\n');
  for (const value of [planted.variable, planted.secret, planted.repository])
    expect(commands).not.toContain(value);
  await untilEnded(server, id);
  await untilEnded(server, cloned);
  server.signal('SIGTERM');
  await server.ended;

  const everything = [...Object.values(planted), token, streamToken, adminKey];
  const output = server.stdout() + server.stderr();
  for (const value of everything) expect(output).not.toContain(value);

  const logs = (await readdir(home, { recursive: true, withFileTypes: true })).filter(
    (file) => file.isFile() && /log/i.test(join(file.parentPath.slice(home.length), file.name)),
  );
  expect(logs.length, 'the server keeps a log').toBeGreaterThan(0);
  for (const file of logs) {
    const text = await readFile(join(file.parentPath, file.name), 'latin1');
    for (const value of everything) expect(text.includes(value), `${value} in ${file.name}`).toBe(false);
  }

  // Values that are encrypted or hashed are nowhere in the clear once the task is over.
  const files = (await readdir(home, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  for (const file of files) {
    const text = await readFile(join(file.parentPath, file.name), 'latin1');
    for (const value of [planted.secret, planted.chosenKey, adminKey, planted.repository])
      expect(text.includes(value), `${value} in ${file.name}`).toBe(false);
  }
}, 60_000);
