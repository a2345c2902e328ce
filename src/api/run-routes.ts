import { authenticatedUser } from './authenticated-user.js';
import { failedOperation } from './failed-operation.js';
import { readJson } from './read-json.js';
import { requestContext } from './request-context.js';
import type { Route } from './route.js';
import { sendJson } from './send-json.js';
import { AppError } from '../contracts/index.js';
import type {
  ImageInfo,
  ImageRegistry,
  LogAggregator,
  RequestContext,
  TaskExecutor,
  User,
} from '../contracts/index.js';
import type { Authorizer } from '../orchestrator/authorize.js';
import { ExecutionService } from '../orchestrator/execution-service.js';
import type { ExecutionServiceOptions } from '../orchestrator/execution-service.js';
import { ImageService } from '../orchestrator/image-service.js';

/** What commands are run with. */
export interface RunRouteDependencies extends ExecutionServiceOptions {
  readonly taskExecutor: TaskExecutor;
  readonly imageRegistry: ImageRegistry;
  readonly logAggregator: LogAggregator;
  readonly authorizer: Pick<Authorizer, 'canUse'>;
}

const fields = {
  command: 'string',
  image: 'string',
  env: 'string map',
  secrets: 'string list',
  git_repo: 'string',
  git_ref: 'string',
  git_path: 'string',
  timeout: 'integer',
} as const;

/** Runs commands. */
export function createRunRoutes({
  taskExecutor,
  imageRegistry,
  logAggregator,
  authorizer,
  ...options
}: RunRouteDependencies): readonly Route[] {
  const executions = new ExecutionService(taskExecutor, imageRegistry, logAggregator, options);
  const images = new ImageService(imageRegistry);

  return [
    {
      method: 'POST',
      path: '/run',
      action: 'create',
      handler: async (request, response) => {
        const { command = '', image: imageRef = '', ...body } = await readJson(request, fields);
        const ctx = requestContext(response);
        const user = authenticatedUser(response);
        await failedOperation('failed to run command', () => executions.checkCommand({ command }));
        const image = await failedOperation('failed to resolve image', () =>
          images.resolveImage(ctx, imageRef),
        );
        await failedOperation('forbidden', async () => {
          await checkImage(authorizer, ctx, user, imageRef, image);
          await checkSecrets(authorizer, ctx, user, body.secrets ?? []);
        });
        const execution = await failedOperation('failed to run command', () =>
          executions.run(ctx, user.email, {
            command,
            image: image.imageId,
            env: body.env,
            secrets: body.secrets,
            gitRepo: body.git_repo,
            gitRef: body.git_ref,
            gitPath: body.git_path,
            timeout: body.timeout,
          }),
        );
        sendJson(response, 202, {
          execution_id: execution.executionId,
          log_url: '',
          status: execution.status,
          image_id: image.imageId,
        });
      },
    },
  ];
}

async function checkImage(
  authorizer: RunRouteDependencies['authorizer'],
  ctx: RequestContext,
  user: User,
  imageRef: string,
  { imageId }: ImageInfo,
): Promise<void> {
  if (await authorizer.canUse(ctx, user, 'image', imageId)) return;
  throw new AppError(
    'FORBIDDEN',
    `you do not have permission to execute with image "${imageRef}" (resolved to ${imageId})`,
  );
}

async function checkSecrets(
  authorizer: RunRouteDependencies['authorizer'],
  ctx: RequestContext,
  user: User,
  names: readonly string[],
): Promise<void> {
  for (const name of names.map((one) => one.trim())) {
    // A blank name is not forbidden but wrong, which the run itself says.
    if (name === '' || (await authorizer.canUse(ctx, user, 'secret', name))) continue;
    throw new AppError('FORBIDDEN', `you do not have permission to use secret "${name}"`);
  }
}
