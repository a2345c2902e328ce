import { claimKey } from '../orchestrator/claim-key.js';
import type { ClaimKeyDependencies } from '../orchestrator/claim-key.js';
import { clientAddress } from './client-address.js';
import { failedOperation } from './failed-operation.js';
import { pathParameter } from './path-parameter.js';
import { requestContext } from './request-context.js';
import type { Route } from './route.js';
import { sendJson } from './send-json.js';

/** Hands a key to whoever holds its claim token, once and without a key of their own. */
export function createClaimRoute(dependencies: ClaimKeyDependencies): Route {
  return {
    method: 'GET',
    path: '/claim/:token',
    action: 'public',
    handler: async (request, response) => {
      const token = pathParameter(request, 'token');
      const { apiKey, userEmail } = await failedOperation('failed to claim API key', () =>
        claimKey(dependencies, requestContext(response), token, clientAddress(request)),
      );
      sendJson(response, 200, {
        api_key: apiKey,
        user_email: userEmail,
        message: 'API key claimed successfully',
      });
    },
  };
}
