import { executionToJson } from '../../src/api/execution-to-json.js';
import { failedOperation } from '../../src/api/failed-operation.js';
import { imageToJson } from '../../src/api/image-to-json.js';
import { pathParameter } from '../../src/api/path-parameter.js';
import { requestContext } from '../../src/api/request-context.js';
import type { Route } from '../../src/api/route.js';
import { secretMetadataToJson } from '../../src/api/secret-to-json.js';
import { sendJson } from '../../src/api/send-json.js';
import { userToJson } from '../../src/api/user-to-json.js';
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
