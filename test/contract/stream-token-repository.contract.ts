import { describe, expect, it } from 'vitest';

import type { StreamToken, StreamTokenRepository } from '../../src/contracts/index.js';

const ctx = { requestId: 'request-1' };
const time = (text: string): Date => new Date(`2026-01-01T${text}Z`);

function streamToken(token: string, more: Partial<StreamToken> = {}): StreamToken {
  return {
    token,
    executionId: 'execution-1',
    createdBy: 'ada@example.com',
    createdAt: time('00:00:00'),
    expiresAt: time('12:00:00'),
    ...more,
  };
}

/** What every {@link StreamTokenRepository} promises. `make` gives an empty one. */
export function streamTokenRepositoryContract(
  name: string,
  make: () => Promise<StreamTokenRepository>,
): void {
  describe(`stream token repository: ${name}`, () => {
    it('gives back a token as often as it is asked', async () => {
      const repository = await make();
      const complete = streamToken('token-1', { position: '0000000042', clientAddress: '127.0.0.1' });
      await repository.createStreamToken(ctx, complete);

      expect(await repository.findStreamToken(ctx, 'token-1')).toEqual(complete);
      expect(await repository.findStreamToken(ctx, 'token-1')).toEqual(complete);
    });

    it('gives back a token without a position', async () => {
      const repository = await make();
      await repository.createStreamToken(ctx, streamToken('token-1'));

      expect(await repository.findStreamToken(ctx, 'token-1')).toEqual(streamToken('token-1'));
    });

    it('finds nothing under an unknown token', async () => {
      expect(await (await make()).findStreamToken(ctx, 'nope')).toBeUndefined();
    });

    it('deletes tokens whose expiry has passed', async () => {
      const repository = await make();
      await repository.createStreamToken(ctx, streamToken('past', { expiresAt: time('11:59:59') }));
      await repository.createStreamToken(ctx, streamToken('last-second'));

      await repository.deleteExpiredStreamTokens(ctx, time('12:00:00'));

      expect(await repository.findStreamToken(ctx, 'past')).toBeUndefined();
      expect(await repository.findStreamToken(ctx, 'last-second')).toBeDefined();
    });

    it('creates nothing for a request that is over', async () => {
      const repository = await make();

      const creating = repository.createStreamToken({ signal: AbortSignal.abort() }, streamToken('token-1'));

      await expect(creating).rejects.toThrow();
      expect(await repository.findStreamToken(ctx, 'token-1')).toBeUndefined();
    });
  });
}
