import { describe, expect, it } from 'vitest';
import { expectFailure, failure } from '../expectations.js';
import { type Start, emailOf, keyOf } from '../harness.js';
import { sendBytes } from '../raw-client.js';

/** Each route that reads a body, with one that it accepts. */
const readers: readonly (readonly [string, string, object])[] = [
  ['POST', '/run', { command: 'true' }],
  ['POST', '/images/register', { image: 'new:1' }],
  ['POST', '/users/create', { email: 'new@example.com', role: 'viewer' }],
  ['POST', '/users/revoke', { email: emailOf('viewer') }],
  ['POST', '/secrets', { name: 'new', key_name: 'NEW', value: 'v' }],
  ['PUT', '/secrets/planted', { value: 'v' }],
];

const invalid = failure(400, '-', 'invalid request body');
const mebibyte = 1024 * 1024;

/** How bodies are read (section 1.6 of the HTTP contract). */
export function bodiesContract(start: Start): void {
  describe.each(readers)('%s %s', (method, path, accepted) => {
    const begin = async () => {
      const api = await start();
      await api.addSecret({ name: 'planted' });
      return api;
    };
    const text = JSON.stringify(accepted);

    it.each([
      ['as it should be', text],
      ['with keys that nobody knows', text.replace(/}$/, ',"unknown":{"deep":[1,{}]},"":0}')],
      ['with keys in capitals', text.replace(/"(\w+)":/g, (_, key: string) => `"${key.toUpperCase()}":`)],
      ['with white space around it', `\n\t ${text} \r\n`],
    ])('accepts a body %s', async (_, body) => {
      const api = await begin();

      const answer = await api.call('admin', method, path, { body });

      expect([200, 201, 202], answer.text).toContain(answer.status);
    });

    it.each([
      'text/plain',
      'application/xml',
      'application/json; charset=utf-16',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'nonsense',
    ])('does not mind the content type %s', async (type) => {
      const api = await begin();

      const answer = await api.call('admin', method, path, { body: text, headers: { 'Content-Type': type } });

      expect([200, 201, 202], answer.text).toContain(answer.status);
    });

    it('reads a body that comes in chunks', async () => {
      const api = await begin();

      const answer = await api.call('admin', method, path, {
        body: text,
        headers: { 'Transfer-Encoding': 'chunked' },
      });

      expect([200, 201, 202], answer.text).toContain(answer.status);
    });

    it.each([
      ['empty', ''],
      ['blank', ' \n'],
      ['no JSON', 'command=true'],
      ['cut off', text.slice(0, -1)],
      ['an array', `[${text}]`],
      ['an empty array', '[]'],
      ['a string', '"text"'],
      ['a number', '1'],
      ['true', 'true'],
      ['followed by another value', `${text}{}`],
      ['followed by text', `${text} trailing`],
      ['in single quotes', "{'a':'b'}"],
      ['NaN', '{"a":NaN}'],
      ['with a comma too many', text.replace(/}$/, ',}')],
      ['with a comment', `/* */${text}`],
      ['nested deeper than anybody needs', `{"a":${'['.repeat(400_000)}`],
      ['cut off in a string', '{"a":"'],
      ['a lone surrogate escape cut off', '{"a":"\\ud83'],
    ])('refuses a body that is %s', async (_, body) => {
      const api = await begin();

      expectFailure(await api.call('admin', method, path, { body }), invalid);
    });

    it('refuses each field of a wrong type', async () => {
      const api = await begin();

      for (const key of Object.keys(accepted))
        for (const wrong of [5, true, ['x'], { a: 'b' }])
          expectFailure(
            await api.call('admin', method, path, { body: { ...accepted, [key]: wrong } }),
            invalid,
          );
    });

    it('refuses a body above 1 MiB and takes one of just 1 MiB', async () => {
      const api = await begin();
      const padded = (size: number): string => text + ' '.repeat(size - text.length);
      const tooLarge = failure(413, '-', 'invalid request body', 'body exceeds 1 MiB');

      expectFailure(await api.call('admin', method, path, { body: padded(mebibyte + 1) }), tooLarge);
      expectFailure(
        await api.call('admin', method, path, {
          body: padded(mebibyte + 1),
          headers: { 'Transfer-Encoding': 'chunked' },
        }),
        tooLarge,
      );
      expect([200, 201, 202]).toContain(
        (await api.call('admin', method, path, { body: padded(mebibyte) })).status,
      );
    });

    it('asks for the key before it reads', async () => {
      const api = await begin();

      expect((await api.call('nobody', method, path, { body: '{nonsense' })).status).toBe(401);
      expect((await api.call('viewer', method, path, { body: '{nonsense' })).status).toBe(403);
    });

    it('says so when the body that was promised is too large, without waiting for it', async () => {
      const api = await begin();

      const answer = await sendBytes(
        api.port,
        `${method} /api/v1${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: ${keyOf('admin')}\r\n` +
          `Content-Length: ${10 * mebibyte}\r\n\r\n`,
      );

      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    });
  });

  describe('numbers', () => {
    it.each(['1.5', '0.1', '1e-1', '"256"', 'true', '[]', '{}'])('cpu %s is no integer', async (cpu) => {
      const api = await start();

      expectFailure(
        await api.call('admin', 'POST', '/images/register', { body: `{"image":"x:1","cpu":${cpu}}` }),
        invalid,
      );
    });

    it.each(['1.5', '"30"', '1e400'])('timeout %s is no integer', async (timeout) => {
      const api = await start();

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: `{"command":"true","timeout":${timeout}}` }),
        invalid,
      );
    });

    it.each(['"true"', '1', '0', '[]'])('is_default %s is no boolean', async (flag) => {
      const api = await start();

      expectFailure(
        await api.call('admin', 'POST', '/images/register', { body: `{"image":"x:1","is_default":${flag}}` }),
        invalid,
      );
    });
  });

  describe('fields of /run', () => {
    it.each([
      ['env', '{"A":1}'],
      ['env', '{"A":{}}'],
      ['env', '[]'],
      ['env', '"A=1"'],
      ['secrets', '"one"'],
      ['secrets', '[1]'],
      ['secrets', '{}'],
      ['image', '{}'],
      ['git_repo', '[]'],
    ])('%s of %s is refused', async (key, value) => {
      const api = await start();

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: `{"command":"true","${key}":${value}}` }),
        invalid,
      );
    });

    it.each(['image', 'env', 'secrets', 'git_repo', 'git_ref', 'git_path', 'timeout'])(
      '%s of null is as good as none',
      async (key) => {
        const api = await start();

        const answer = await api.call('admin', 'POST', '/run', { body: `{"command":"true","${key}":null}` });

        expect(answer.status, answer.text).toBe(202);
      },
    );
  });

  it('lets the last of several spellings of a key win', async () => {
    const api = await start();

    const answer = await api.call('admin', 'POST', '/users/create', {
      body: '{"email":"first@example.com","EMAIL":"last@example.com","role":"admin","Role":"viewer"}',
    });

    expect(JSON.parse(answer.text)).toMatchObject({ user: { email: 'last@example.com', role: 'viewer' } });
  });

  it('takes a body with bytes that are no UTF-8 for text with replacements, or refuses it', async () => {
    const api = await start();
    const body = Buffer.concat([
      Buffer.from('{"email":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('","role":"viewer"}'),
    ]);

    const answer = await api.call('admin', 'POST', '/users/create', { body });

    expect([201, 400], answer.text).toContain(answer.status);
  });
}
