import type { LogEvent, RequestContext, StreamTokenRepository } from '../contracts/index.js';
import { createToken } from './api-key.js';
import type { RandomBytes } from './api-key.js';

/** How long a stream token works, in milliseconds. */
export const streamTokenLifetime = 24 * 60 * 60 * 1000;

/** Who gets a stream token, and for what. */
export interface StreamTokenRequest {
  readonly executionId: string;
  /** The events that the answer with the token carries: the stream begins right behind the last of them. */
  readonly events: readonly LogEvent[];
  readonly createdBy: string;
  /** For audit. */
  readonly clientAddress: string;
}

/** What a stream token is made with. */
export interface StreamTokenDependencies {
  readonly streamTokens: Pick<StreamTokenRepository, 'createStreamToken'>;
  readonly now: () => Date;
  readonly randomBytes: RandomBytes;
}

/** Makes the right to follow one execution's log from where the given events end, and resolves to its token. */
export async function createStreamToken(
  { streamTokens, now, randomBytes }: StreamTokenDependencies,
  ctx: RequestContext,
  { executionId, events, createdBy, clientAddress }: StreamTokenRequest,
): Promise<string> {
  const createdAt = now();
  const token = createToken(randomBytes);
  // Not every backend keeps positions; then the stream begins at the start of the log.
  const position = events.findLast((event) => event.position !== undefined)?.position;
  await streamTokens.createStreamToken(ctx, {
    token,
    executionId,
    position,
    createdBy,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + streamTokenLifetime),
    clientAddress,
  });
  return token;
}
