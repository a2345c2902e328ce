import { authenticatedUser } from './authenticated-user.js';
import { failedOperation } from './failed-operation.js';
import { imageParameter } from './image-parameter.js';
import { imageToJson } from './image-to-json.js';
import { readJson } from './read-json.js';
import { requestContext } from './request-context.js';
import type { Route } from './route.js';
import { sendJson } from './send-json.js';
import type { ImageRegistry } from '../contracts/index.js';
import { ImageService } from '../orchestrator/image-service.js';

/** What images are kept with. */
export interface ImageRouteDependencies {
  readonly imageRegistry: ImageRegistry;
}

const fields = {
  image: 'string',
  is_default: 'boolean',
  task_role_name: 'string',
  task_execution_role_name: 'string',
  cpu: 'integer',
  memory: 'integer',
  runtime_platform: 'string',
} as const;

/** Registers, lists, shows and removes images. */
export function createImageRoutes({ imageRegistry }: ImageRouteDependencies): readonly Route[] {
  const images = new ImageService(imageRegistry);

  return [
    {
      method: 'POST',
      path: '/images/register',
      action: 'create',
      handler: async (request, response) => {
        const { image = '', ...body } = await readJson(request, fields);
        await failedOperation('failed to register image', () =>
          images.registerImage(requestContext(response), authenticatedUser(response).email, {
            image,
            isDefault: body.is_default,
            taskRoleName: body.task_role_name,
            taskExecutionRoleName: body.task_execution_role_name,
            cpu: body.cpu,
            memory: body.memory,
            runtimePlatform: body.runtime_platform,
          }),
        );
        sendJson(response, 201, { image, message: 'Image registered successfully' });
      },
    },
    {
      method: 'GET',
      path: '/images',
      action: 'read',
      handler: async (_request, response) => {
        const list = await failedOperation('failed to list images', () =>
          images.listImages(requestContext(response)),
        );
        sendJson(response, 200, { images: list.map(imageToJson) });
      },
    },
    {
      method: 'GET',
      path: '/images/*image',
      action: 'read',
      handler: async (request, response) => {
        const name = imageParameter(request);
        const image = await failedOperation('failed to get image', () =>
          images.getImage(requestContext(response), name),
        );
        sendJson(response, 200, imageToJson(image));
      },
    },
    {
      method: 'DELETE',
      path: '/images/*image',
      action: 'delete',
      handler: async (request, response) => {
        const image = imageParameter(request);
        await failedOperation('failed to remove image', () =>
          images.removeImage(requestContext(response), image),
        );
        sendJson(response, 200, { image, message: 'Image removed successfully' });
      },
    },
  ];
}
