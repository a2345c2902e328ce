import { once } from 'node:events';
import type { Response } from 'express';
import { AppError } from '../contracts/index.js';
import type { Execution, ExecutionQuery, ExecutionRepository } from '../contracts/index.js';
import { executionToJson } from './execution-to-json.js';
import { failedOperation } from './failed-operation.js';
import { queryParameter } from './query-parameter.js';
import { requestContext } from './request-context.js';
import { RequestFailure } from './request-failure.js';
import type { Route } from './route.js';

const defaultLimit = 10;

/** Digits with an optional sign, as the original's parser takes them. */
function readLimit(text: string): number | undefined {
  const limit = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(limit) || limit < 0 || limit > 2 ** 63 - 1) {
    throw new RequestFailure(
      'invalid limit parameter',
      new AppError('invalid_request', 'invalid limit parameter'),
      { details: '' },
    );
  }
  return limit === 0 ? undefined : limit;
}

/** Resolves when the client has read enough to be sent more, or is gone. */
async function drained(response: Response, signal: AbortSignal | undefined): Promise<void> {
  await once(response, 'drain', signal === undefined ? {} : { signal }).catch(() => undefined);
}

/**
 * Writes the array record by record: with one page in memory however many there are, and no faster than the client
 * reads. The answer begins with the first record, so that a store that fails at once still gets its status.
 */
async function sendList(response: Response, executions: AsyncIterable<Execution>): Promise<void> {
  const { signal } = requestContext(response);
  let isFirst = true;
  for await (const execution of executions) {
    // What the handler has left unread when it returns, the iterator's own `return` lets go of.
    if (response.destroyed) return;
    const isFlowing = response.write(`${isFirst ? '[' : ','}${JSON.stringify(executionToJson(execution))}`);
    isFirst = false;
    if (!isFlowing) await drained(response, signal);
  }
  response.end(isFirst ? '[]\n' : ']\n');
}

/** Lists executions, newest first, filtered before they are limited. Whoever may list sees all. */
export function createListExecutionsRoute({
  executions,
}: {
  readonly executions: Pick<ExecutionRepository, 'listExecutions'>;
}): Route {
  return {
    method: 'GET',
    path: '/executions',
    action: 'read',
    handler: async (request, response) => {
      const limit = queryParameter(request, 'limit');
      const status = queryParameter(request, 'status');
      const query: ExecutionQuery = {
        limit: limit === '' ? defaultLimit : readLimit(limit),
        statuses: status === '' ? undefined : status.split(',').map((one) => one.trim()),
      };
      await failedOperation('failed to list executions', () =>
        sendList(response, executions.listExecutions(requestContext(response), query)),
      );
    },
  };
}
