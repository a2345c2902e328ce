import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { streamAddress } from './stream-address.js';

const asked = (headers: IncomingMessage['headers'], socket: object = {}): IncomingMessage =>
  ({
    headers,
    socket: { localAddress: '127.0.0.1', localPort: 56_212, ...socket },
  }) as unknown as IncomingMessage;
const stream = { executionId: 'a b', token: 't-_1' };
const query = 'execution_id=a+b&token=t-_1';

describe('the address of a stream', () => {
  it.each([
    [
      'the host that was asked',
      asked({ host: 'example.com:8080' }),
      `ws://example.com:8080/api/v1/stream?${query}`,
    ],
    [
      'TLS when a proxy says so',
      asked({ host: 'example.com', 'x-forwarded-proto': 'https, http' }),
      `wss://example.com/api/v1/stream?${query}`,
    ],
    [
      'TLS when it is spoken',
      asked({ host: 'example.com' }, { encrypted: true }),
      `wss://example.com/api/v1/stream?${query}`,
    ],
    ['the socket when nobody named a host', asked({}), `ws://127.0.0.1:56212/api/v1/stream?${query}`],
    ['an IPv6 socket', asked({}, { localAddress: '::1' }), `ws://[::1]:56212/api/v1/stream?${query}`],
  ])('is made of %s', (_, request, expected) => {
    expect(streamAddress(request, stream)).toBe(expected);
  });

  it.each(['https://run.example.com/tools', 'https://run.example.com/tools/'])(
    'is below %s when the operator says so',
    (publicUrl) => {
      expect(streamAddress(asked({ host: 'internal' }), { ...stream, publicUrl })).toBe(
        `wss://run.example.com/tools/api/v1/stream?${query}`,
      );
    },
  );
});
