import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address.js';

const from = (headers: IncomingMessage['headers']): IncomingMessage =>
  ({ headers, socket: { remoteAddress: '::ffff:127.0.0.1' } }) as unknown as IncomingMessage;

describe('the address of a client', () => {
  it.each([
    [{ 'x-forwarded-for': ' 203.0.113.7 , 10.0.0.1', 'x-real-ip': '198.51.100.1' }, '203.0.113.7'],
    [{ 'x-forwarded-for': ' , 10.0.0.1', 'x-real-ip': ' 198.51.100.1 ' }, '198.51.100.1'],
    [{ 'x-real-ip': '' }, '::ffff:127.0.0.1'],
    [{}, '::ffff:127.0.0.1'],
  ])('with %j is %s', (headers, expected) => {
    expect(clientAddress(from(headers))).toBe(expected);
  });
});
