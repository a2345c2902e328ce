import type { Request, Response } from 'express';
import { authenticatedUser } from './authenticated-user.js';
import { clientAddress } from './client-address.js';
import { failedOperation } from './failed-operation.js';
import { pathParameter } from './path-parameter.js';
import { requestContext } from './request-context.js';
import type { Route } from './route.js';
import { sendJson } from './send-json.js';
import { streamAddress } from './stream-address.js';
import type { Execution, ImageRegistry, LogAggregator, LogEvent, TaskExecutor } from '../contracts/index.js';
import { createStreamToken } from '../orchestrator/create-stream-token.js';
import type { StreamTokenDependencies } from '../orchestrator/create-stream-token.js';
import { isTerminal } from '../orchestrator/execution-lifecycle.js';
import { ExecutionService } from '../orchestrator/execution-service.js';
import type { ExecutionServiceOptions } from '../orchestrator/execution-service.js';

/** What executions are watched and stopped with. */
export interface ExecutionRouteDependencies extends ExecutionServiceOptions, StreamTokenDependencies {
  readonly taskExecutor: TaskExecutor;
  readonly imageRegistry: ImageRegistry;
  readonly logAggregator: LogAggregator;
  /** Address of the service as clients see it; absent means the host that a client asked. */
  readonly publicUrl?: string | undefined;
}

/** Reads the logs of executions and stops them. */
export function createExecutionRoutes(dependencies: ExecutionRouteDependencies): readonly Route[] {
  const executions = new ExecutionService(
    dependencies.taskExecutor,
    dependencies.imageRegistry,
    dependencies.logAggregator,
    dependencies,
  );

  return [
    {
      method: 'GET',
      path: '/executions/:executionID/logs',
      action: 'read',
      handler: async (request, response) => {
        const executionId = pathParameter(request, 'executionID');
        const { execution, events } = await failedOperation('failed to get execution logs', () =>
          executions.readLogs(requestContext(response), executionId),
        );
        sendJson(response, 200, {
          execution_id: executionId,
          events: events.map(({ timestamp, message }) => ({ timestamp, message })),
          status: execution.status,
          websocket_url: await streamUrl(dependencies, request, response, execution, events),
        });
      },
    },
    {
      method: 'DELETE',
      path: '/executions/:executionID',
      action: 'delete',
      handler: async (request, response) => {
        const executionId = pathParameter(request, 'executionID');
        const wasStopped = await failedOperation('failed to kill execution', () =>
          executions.kill(requestContext(response), executionId),
        );
        if (wasStopped) {
          sendJson(response, 200, {
            execution_id: executionId,
            message: 'Execution termination initiated',
          });
        } else {
          response.statusCode = 204;
          response.end();
        }
      },
    },
  ];
}

/** Where to go on behind the events of this answer; nothing when the execution is over, or when no token can be kept. */
async function streamUrl(
  dependencies: ExecutionRouteDependencies,
  request: Request,
  response: Response,
  { executionId, status }: Execution,
  events: readonly LogEvent[],
): Promise<string | undefined> {
  if (isTerminal(status)) return undefined;
  const ctx = requestContext(response);
  try {
    const token = await createStreamToken(dependencies, ctx, {
      executionId,
      events,
      createdBy: authenticatedUser(response).email,
      clientAddress: clientAddress(request),
    });
    return streamAddress(request, { executionId, token, publicUrl: dependencies.publicUrl });
  } catch (error) {
    dependencies.log.warn(
      { err: error, requestId: ctx.requestId, executionId },
      'an answer with logs goes without a stream',
    );
    return undefined;
  }
}
