import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from './listen.js';

describe('listening', () => {
  const first = createServer();
  const second = createServer();

  afterEach(() => {
    first.close();
    second.close();
  });

  it('resolves to the port, and says what to do when that is taken', async () => {
    const port = await listen(first, { host: '127.0.0.1', port: 0 });

    expect(port).toBeGreaterThan(0);
    await expect(listen(second, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: `Another program listens on port ${port} of 127.0.0.1. Stop it, or set PORT to a free port.`,
    });
  });

  it('says so when the address is none of this machine', async () => {
    await expect(listen(first, { host: '192.0.2.1', port: 0 })).rejects.toThrow(
      'This machine has no address 192.0.2.1. Set HOST to one of its own, such as 127.0.0.1.',
    );
  });
});
