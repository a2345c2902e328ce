import { getExecution } from '../orchestrator/get-execution.js';
import { refreshExecution } from '../orchestrator/refresh-execution.js';
import type { RefreshExecutionDependencies } from '../orchestrator/refresh-execution.js';
import { executionStatusToJson } from './execution-to-json.js';
import { failedOperation } from './failed-operation.js';
import { pathParameter } from './path-parameter.js';
import { requestContext } from './request-context.js';
import type { Route } from './route.js';
import { sendJson } from './send-json.js';

/** Says how an execution stands, after a look at its task. */
export function createExecutionStatusRoute(dependencies: RefreshExecutionDependencies): Route {
  return {
    method: 'GET',
    path: '/executions/:executionID/status',
    action: 'read',
    handler: async (request, response) => {
      const executionId = pathParameter(request, 'executionID');
      const ctx = requestContext(response);
      const execution = await failedOperation(
        `failed to get execution status for executionID ${executionId}`,
        async () => refreshExecution(dependencies, ctx, await getExecution(dependencies, ctx, executionId)),
      );
      sendJson(response, 200, executionStatusToJson(execution));
    },
  };
}
