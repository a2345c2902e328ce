import { AppError } from '../contracts/index.js';
import type { ExecutionRequest, RequestContext, Secret, SecretRepository } from '../contracts/index.js';
import { isSecretVariable } from './secret-variables.js';

/** Environment of a run once its secrets are merged into it. */
export interface ResolvedSecrets {
  readonly env: Readonly<Record<string, string>>;
  /** Names in `env` whose values must not be shown anywhere, without duplicates. */
  readonly secretVarNames: readonly string[];
}

async function getSecret(
  secrets: Pick<SecretRepository, 'findSecret'>,
  ctx: RequestContext,
  name: string,
): Promise<Secret> {
  let secret: Secret | undefined;
  try {
    secret = await secrets.findSecret(ctx, name);
  } catch (cause) {
    throw new AppError('INTERNAL_ERROR', 'failed to resolve secrets', {
      cause: new AppError('INTERNAL_ERROR', `get secret "${name}"`, { cause }),
    });
  }
  if (secret === undefined) {
    throw new AppError('INVALID_REQUEST', `secret "${name}" does not exist`, {
      cause: new AppError('SECRET_NOT_FOUND', 'secret not found'),
    });
  }
  if (secret.keyName === '') {
    throw new AppError('INTERNAL_ERROR', `secret "${name}" has no key name`, {
      cause: new AppError('INTERNAL_ERROR', 'missing key name'),
    });
  }
  return secret;
}

/**
 * Merges the secrets that a run names into its environment, each under its key name. A variable that the request sets
 * itself keeps the request's value.
 *
 * @throws AppError `INVALID_REQUEST` for a blank or unknown name, `INTERNAL_ERROR` for a secret that cannot be read.
 */
export async function resolveSecrets(
  { secrets }: { readonly secrets: Pick<SecretRepository, 'findSecret'> },
  ctx: RequestContext,
  request: Pick<ExecutionRequest, 'env' | 'secrets'>,
): Promise<ResolvedSecrets> {
  const names = new Set((request.secrets ?? []).map((name) => name.trim()));
  if (names.has('')) throw new AppError('INVALID_REQUEST', 'secret names cannot be empty');

  const env = new Map(Object.entries(request.env ?? {}));
  const secretVarNames = new Set<string>();
  for (const name of names) {
    const { keyName, value } = await getSecret(secrets, ctx, name);
    secretVarNames.add(keyName);
    if (!env.has(keyName)) env.set(keyName, value);
  }
  for (const name of env.keys()) if (isSecretVariable(name)) secretVarNames.add(name);

  return { env: Object.fromEntries(env), secretVarNames: [...secretVarNames] };
}
