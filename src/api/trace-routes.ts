import { executionToJson } from './execution-to-json.js';
import { failedOperation } from './failed-operation.js';
import { imageToJson } from './image-to-json.js';
import { pathParameter } from './path-parameter.js';
import { requestContext } from './request-context.js';
import type { Route } from './route.js';
import { secretMetadataToJson } from './secret-to-json.js';
import { sendJson } from './send-json.js';
import { userToJson } from './user-to-json.js';
import { traceRequest } from '../orchestrator/trace-request.js';
import type { Trace, TraceDependencies } from '../orchestrator/trace-request.js';

/** Tells what is known of one request. */
export function createTraceRoutes(dependencies: TraceDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/trace/:requestID',
      action: 'read',
      handler: async (request, response) => {
        const requestId = pathParameter(request, 'requestID');
        const trace = await failedOperation('failed to fetch trace', () =>
          traceRequest(dependencies, requestContext(response), requestId),
        );
        sendJson(response, 200, traceToJson(trace));
      },
    },
  ];
}

function traceToJson({ logs, executions, secrets, users, images }: Trace): Readonly<Record<string, unknown>> {
  return {
    logs: logs.map(({ timestamp, message }) => ({ timestamp, message })),
    related_resources: {
      executions: unlessEmpty(executions.map(executionToJson)),
      secrets: unlessEmpty(secrets.map(secretMetadataToJson)),
      users: unlessEmpty(users.map(userToJson)),
      images: unlessEmpty(images.map(imageToJson)),
    },
  };
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
