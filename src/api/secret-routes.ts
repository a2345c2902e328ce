import { AppError } from '../contracts/index.js';
import type { SecretRepository } from '../contracts/index.js';
import { authenticatedUser } from './authenticated-user.js';
import { pathParameter } from './path-parameter.js';
import { readJson } from './read-json.js';
import { requestContext } from './request-context.js';
import type { Route } from './route.js';
import { secretMetadataToJson, secretToJson } from './secret-to-json.js';
import { sendJson } from './send-json.js';

/** What secrets are kept with. */
export interface SecretRouteDependencies {
  readonly secrets: Pick<
    SecretRepository,
    'createSecret' | 'findSecret' | 'listSecrets' | 'updateSecret' | 'deleteSecret'
  >;
  readonly now: () => Date;
}

const updateFields = { key_name: 'string', value: 'string', description: 'string' } as const;
const createFields = { name: 'string', ...updateFields } as const;

/**
 * Creates, lists, shows, changes and deletes secrets. Their failures have no sentence of their own: the contract shows
 * the store's message as `error`.
 */
export function createSecretRoutes({ secrets, now }: SecretRouteDependencies): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/secrets',
      action: 'create',
      handler: async (request, response) => {
        const body = await readJson(request, createFields);
        const { email } = authenticatedUser(response);
        const ctx = requestContext(response);
        const createdAt = now();
        await secrets.createSecret(ctx, {
          name: body.name ?? '',
          keyName: body.key_name ?? '',
          value: body.value ?? '',
          description: body.description,
          createdBy: email,
          updatedBy: email,
          ownedBy: [email],
          createdAt,
          updatedAt: createdAt,
          createdByRequestId: ctx.requestId ?? '',
          modifiedByRequestId: ctx.requestId ?? '',
        });
        sendJson(response, 201, { message: 'Secret created successfully' });
      },
    },
    {
      method: 'GET',
      path: '/secrets',
      action: 'read',
      handler: async (_request, response) => {
        const found = await secrets.listSecrets(requestContext(response));
        sendJson(response, 200, { secrets: found.map(secretMetadataToJson), total: found.length });
      },
    },
    {
      method: 'GET',
      path: '/secrets/:name',
      action: 'read',
      handler: async (request, response) => {
        const secret = await secrets.findSecret(requestContext(response), pathParameter(request, 'name'));
        if (secret === undefined) throw new AppError('SECRET_NOT_FOUND', 'secret not found');
        sendJson(response, 200, { secret: secretToJson(secret) });
      },
    },
    {
      method: 'PUT',
      path: '/secrets/:name',
      action: 'update',
      handler: async (request, response) => {
        const name = pathParameter(request, 'name');
        const body = await readJson(request, updateFields);
        await secrets.updateSecret(requestContext(response), name, {
          keyName: body.key_name,
          value: body.value,
          description: body.description,
          updatedBy: authenticatedUser(response).email,
          updatedAt: now(),
        });
        sendJson(response, 200, { message: 'Secret updated successfully' });
      },
    },
    {
      method: 'DELETE',
      path: '/secrets/:name',
      action: 'delete',
      handler: async (request, response) => {
        const name = pathParameter(request, 'name');
        await secrets.deleteSecret(requestContext(response), name);
        sendJson(response, 200, { name, message: 'Secret deleted successfully' });
      },
    },
  ];
}
