import type { IncomingMessage } from 'node:http';
import { AppError } from '../contracts/index.js';
import type { RequestContext, StreamToken, StreamTokenRepository } from '../contracts/index.js';
import { failedOperation } from './failed-operation.js';
import { queryParameter } from './query-parameter.js';

/** What tokens are checked with. */
export interface StreamHandshakeDependencies {
  readonly streamTokens: Pick<StreamTokenRepository, 'findStreamToken'>;
  readonly now: () => Date;
}

async function findToken(
  { streamTokens, now }: StreamHandshakeDependencies,
  ctx: RequestContext,
  request: IncomingMessage,
): Promise<StreamToken> {
  const executionId = queryParameter(request, 'execution_id');
  if (executionId === '') throw new AppError('INVALID_REQUEST', 'execution_id is required');
  const text = queryParameter(request, 'token');
  const token = text === '' ? undefined : await streamTokens.findStreamToken(ctx, text);
  if (token === undefined || token.expiresAt < now()) {
    throw new AppError('UNAUTHORIZED', 'the token is missing, unknown or expired');
  }
  if (token.executionId !== executionId) {
    throw new AppError('FORBIDDEN', 'the token is for another execution');
  }
  return token;
}

/**
 * The token that a stream is asked for with.
 *
 * @throws RequestFailure 400 without an execution, 401 without a token that works, 403 for another execution's token.
 */
export function checkStreamHandshake(
  dependencies: StreamHandshakeDependencies,
  ctx: RequestContext,
  request: IncomingMessage,
): Promise<StreamToken> {
  return failedOperation('failed to open log stream', () => findToken(dependencies, ctx, request));
}
