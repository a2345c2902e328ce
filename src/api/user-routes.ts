import type { UserRepository } from '../contracts/index.js';
import { createUser } from '../orchestrator/create-user.js';
import type { CreateUserDependencies } from '../orchestrator/create-user.js';
import { revokeUser } from '../orchestrator/revoke-user.js';
import { authenticatedUser } from './authenticated-user.js';
import { failedOperation } from './failed-operation.js';
import { readJson } from './read-json.js';
import { requestContext } from './request-context.js';
import type { Route } from './route.js';
import { sendJson } from './send-json.js';
import { userToJson } from './user-to-json.js';

/** What users are managed with. */
export interface UserRouteDependencies extends CreateUserDependencies {
  readonly users: Pick<UserRepository, 'listUsers' | 'findUserByEmail' | 'createUser' | 'revokeUser'>;
}

/** Lists, creates and revokes users. */
export function createUserRoutes(dependencies: UserRouteDependencies): readonly Route[] {
  const { users } = dependencies;
  return [
    {
      method: 'GET',
      path: '/users',
      action: 'read',
      handler: async (_request, response) => {
        const found = await failedOperation('failed to list users', () =>
          users.listUsers(requestContext(response)),
        );
        sendJson(response, 200, { users: found.map(userToJson) });
      },
    },
    {
      method: 'POST',
      path: '/users/create',
      action: 'create',
      handler: async (request, response) => {
        const body = await readJson(request, { email: 'string', role: 'string', api_key: 'string' });
        const { user, claimToken } = await failedOperation('failed to create user', () =>
          createUser(dependencies, requestContext(response), authenticatedUser(response).email, {
            email: body.email,
            role: body.role,
            apiKey: body.api_key,
          }),
        );
        sendJson(response, 201, { user: userToJson(user), claim_token: claimToken });
      },
    },
    {
      method: 'POST',
      path: '/users/revoke',
      action: 'create',
      handler: async (request, response) => {
        const { email = '' } = await readJson(request, { email: 'string' });
        await failedOperation('failed to revoke user', () =>
          revokeUser({ users }, requestContext(response), email),
        );
        sendJson(response, 200, { message: 'user API key revoked successfully', email });
      },
    },
  ];
}
