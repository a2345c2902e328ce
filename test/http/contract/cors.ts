import { describe, expect, it } from 'vitest';
import { type Start, emailOf } from '../harness.js';
import { send } from '../raw-client.js';

const paths = ['/api/v1/health', '/api/v1/run', '/api/v1/users', '/api/v1/images/a/b', '/nothing', '/'];

/** Which browsers may read answers (section 1.2 of the HTTP contract). The three fixed headers are checked on every answer. */
export function corsContract(start: Start): void {
  describe('OPTIONS', () => {
    it.each(paths)('of %s answers 200 and nothing else, even to a foreign origin', async (path) => {
      const api = await start();

      const answer = await send(api.port, {
        method: 'OPTIONS',
        path,
        headers: { Origin: 'https://elsewhere.example' },
      });

      expect(answer.status).toBe(200);
      expect(answer.text).toBe('');
      expect(answer.headers).not.toHaveProperty('content-type');
      expect(answer.headers).not.toHaveProperty('allow');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers).toMatchObject({
        'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
        'access-control-allow-headers': 'Content-Type, X-API-Key',
        'access-control-max-age': '3600',
      });
    });
  });

  describe('Access-Control-Allow-Origin', () => {
    const originOf = async (allowed: readonly string[], origin: string, path = '/health') => {
      const api = await start({ corsAllowedOrigins: allowed });
      const answer = await api.call('nobody', 'GET', path, { headers: { Origin: origin } });
      return answer.headers['access-control-allow-origin'];
    };

    it('is sent to no origin unless a list is given', async () => {
      expect(await originOf([], 'https://runvoy.site')).toBeUndefined();
      expect(await originOf([], 'http://localhost:5173')).toBeUndefined();
      expect(await originOf([], 'null')).toBeUndefined();
    });

    it.each([
      { allowed: 'https://a.example', origin: 'https://a.example', echoed: true },
      { allowed: 'https://a.example/', origin: 'https://a.example', echoed: true },
      { allowed: 'https://a.example', origin: 'https://a.example/', echoed: true },
      { allowed: 'https://a.example//', origin: 'https://a.example', echoed: false },
      { allowed: 'https://a.example', origin: 'https://a.example.evil', echoed: false },
      { allowed: 'https://a.example', origin: 'http://a.example', echoed: false },
      { allowed: 'https://a.example', origin: 'https://a.example:8443', echoed: false },
      { allowed: '*', origin: 'https://anything.example', echoed: true },
    ])(
      'with $allowed on the list and $origin asking: echoed is $echoed',
      async ({ allowed, origin, echoed }) => {
        expect(await originOf(['https://b.example', allowed], origin)).toBe(echoed ? origin : undefined);
      },
    );

    it('is sent with refusals and with unknown paths too', async () => {
      expect(await originOf(['https://a.example'], 'https://a.example', '/users')).toBe('https://a.example');
      expect(await originOf(['https://a.example'], 'https://a.example', '/nothing')).toBe(
        'https://a.example',
      );
    });
  });

  it('does nothing for a preflight but answer it', async () => {
    const api = await start();

    await api.call('admin', 'OPTIONS', '/users/revoke', { body: { email: emailOf('viewer') } });

    expect(await api.provider.users.findUserByEmail({}, emailOf('viewer'))).toMatchObject({ revoked: false });
    expect(api.calls('users', 'findUserByApiKeyHash')).toEqual([]);
  });
}
