import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from './executions.js';
import { hasBubblewrap } from './isolations.js';
import {
  type ServerProcess,
  adminEmail,
  adminKey,
  makeHome,
  spawnServer,
  startServer,
} from './server-process.js';

/** What a server has said, once it says that it listens: it answers a moment before. */
const untilSaid = (server: ServerProcess): Promise<string> =>
  until(
    async () => server.stdout() + server.stderr(),
    (said) => said.includes(`127.0.0.1:${server.port}`),
  );

describe('wrong settings', () => {
  it.each([
    ['PORT', 'eighty'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '1.5'],
    ['HOST', 'not a host'],
    ['REFACET_PROVIDER', 'mainframe'],
    ['REFACET_ISOLATION', 'walls'],
    ['REFACET_KILL_GRACE', 'soon'],
    ['REFACET_KILL_GRACE', '-1'],
    ['REFACET_REQUEST_TIMEOUT', 'never'],
    ['REFACET_LOG_LEVEL', 'loud'],
    ['REFACET_ENCRYPTION_KEY', 'planted-short-key'],
    ['REFACET_ADMIN_EMAIL', 'nobody'],
  ])('%s=%s ends the start with a sentence that names the setting', async (name, value) => {
    const server = await spawnServer({ home: await makeHome(), env: { [name]: value } });

    const { code } = await server.ended;

    const said = server.stdout() + server.stderr();
    expect(code, said).toBeGreaterThan(0);
    expect(said).toContain(name);
    expect(said, 'a sentence, no stack trace').not.toMatch(/\n\s+at /);
    if (name === 'REFACET_ENCRYPTION_KEY') expect(said).not.toContain(value);
  });

  it('names all of them at once', async () => {
    const server = await spawnServer({
      home: await makeHome(),
      env: { PORT: 'x', REFACET_ISOLATION: 'y', REFACET_LOG_LEVEL: 'z' },
    });

    await server.ended;

    const said = server.stdout() + server.stderr();
    for (const name of ['PORT', 'REFACET_ISOLATION', 'REFACET_LOG_LEVEL']) expect(said).toContain(name);
  });

  it('a state directory that is a file ends the start with a sentence', async () => {
    const home = await makeHome();
    await writeFile(join(home, 'file'), '');

    const server = await spawnServer({ home, env: { REFACET_HOME: join(home, 'file') } });

    expect((await server.ended).code).toBeGreaterThan(0);
    const said = server.stdout() + server.stderr();
    expect(said).toContain(join(home, 'file'));
    expect(said).not.toMatch(/\n\s+at /);
  });

  it.skipIf(hasBubblewrap)('a sandbox that is asked for and does not work ends the start', async () => {
    const server = await spawnServer({ home: await makeHome(), env: { REFACET_ISOLATION: 'bubblewrap' } });

    expect((await server.ended).code).toBeGreaterThan(0);
    expect(server.stdout() + server.stderr()).toMatch(/bubblewrap/i);
  });

  it('another encryption key than the one that wrote the state is refused, and the right one still works', async () => {
    const home = await makeHome();
    const env = { REFACET_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64') };
    const first = await startServer({ home, env });
    await first.json('POST', '/secrets', { name: 's', key_name: 'S', value: 'kept' });
    first.signal('SIGTERM');
    await first.ended;

    const wrong = await spawnServer({
      home,
      env: { REFACET_ENCRYPTION_KEY: Buffer.alloc(32, 2).toString('base64') },
    });
    expect((await wrong.ended).code).toBeGreaterThan(0);
    expect(wrong.stdout() + wrong.stderr()).toMatch(/encryption/i);

    const right = await startServer({ home, env });
    expect(await right.json('GET', '/secrets/s')).toMatchObject({ secret: { value: 'kept' } });
  });
});

describe('the first administrator', () => {
  const keysIn = (text: string): string[] => text.match(/(?<![\w-])[\w-]{32}(?![\w-])/g) ?? [];
  const noAdmin = { REFACET_ADMIN_EMAIL: '', REFACET_ADMIN_KEY: '' };

  it('has the e-mail and the key of the settings, and the key is not shown', async () => {
    const server = await startServer({ home: await makeHome() });

    expect(await server.json('GET', '/users')).toMatchObject({
      users: [{ email: adminEmail, role: 'admin' }],
    });
    expect(await untilSaid(server)).not.toContain(adminKey);
  });

  it('is made without settings, and the key that is shown or written for the owner alone works', async () => {
    const home = await makeHome();
    const server = await startServer({ home, env: noAdmin });
    const said = await untilSaid(server);

    const files = await readdir(home, { recursive: true, withFileTypes: true });
    const candidates = keysIn(said);
    for (const file of files.filter((one) => one.isFile())) {
      const path = join(file.parentPath, file.name);
      const found = keysIn(await readFile(path, 'utf8'));
      if (found.length === 0) continue;
      expect((await stat(path)).mode & 0o077, `${file.name} is for the owner alone`).toBe(0);
      candidates.push(...found);
    }

    const statuses = await Promise.all(
      [...new Set(candidates)]
        .slice(0, 50)
        .map(async (key) => (await server.call('GET', '/users', undefined, key)).status),
    );
    expect(statuses).toContain(200);
  });

  it('is not made again, and no key is shown, at the second start', async () => {
    const home = await makeHome();
    const first = await startServer({ home });
    first.signal('SIGTERM');
    await first.ended;

    const second = await startServer({
      home,
      env: {
        REFACET_ADMIN_EMAIL: 'other@example.com',
        REFACET_ADMIN_KEY: 'other-key-other-key-other-key-12',
      },
    });

    expect(await second.json('GET', '/users')).toMatchObject({ users: [{ email: adminEmail }] });
    expect((await second.call('GET', '/users', undefined, 'other-key-other-key-other-key-12')).status).toBe(
      401,
    );
    expect(await untilSaid(second)).not.toContain('other-key');
  });

  it('keeps the state directory to its owner', async () => {
    const home = await makeHome();
    const inner = join(home, 'state');
    await startServer({ home, env: { REFACET_HOME: inner } });

    expect((await stat(inner)).mode & 0o077).toBe(0);
  });
});

describe('the banner', () => {
  it('says where the server listens, how tasks are isolated and where the state is', async () => {
    const server = await startServer({ home: await makeHome() });

    const said = await untilSaid(server);

    expect(said).toContain(server.home);
    expect(said).toMatch(/isolat/i);
  });
});
