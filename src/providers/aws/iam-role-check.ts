import { GetRoleCommand } from '@aws-sdk/client-iam';

import { AppError, type PermissionConfig, type RequestContext } from '../../contracts/index.js';
import type { Iam } from './aws-clients.js';
import { sendOptions } from './send-options.js';
import { isNamed, translateError } from './translate-error.js';

/**
 * Asks IAM for each named role, the task's first, and stops at the first failure.
 *
 * @throws AppError `INVALID_REQUEST` when a role does not exist.
 */
export async function checkRoles(
  ctx: RequestContext,
  iam: Iam,
  { taskRole = '', executionRole = '' }: PermissionConfig = {},
): Promise<void> {
  await checkRole(ctx, iam, 'task IAM role', taskRole);
  await checkRole(ctx, iam, 'task execution IAM role', executionRole);
}

async function checkRole(ctx: RequestContext, iam: Iam, kind: string, roleName: string): Promise<void> {
  if (roleName === '') return;
  try {
    await iam.send(new GetRoleCommand({ RoleName: roleName }), sendOptions(ctx));
  } catch (cause) {
    if (isNamed(cause, 'NoSuchEntityException'))
      throw new AppError('INVALID_REQUEST', `${kind} does not exist: ${roleName}`, { cause });
    throw translateError(cause, `failed to validate ${kind} ${roleName}`);
  }
}
