import { GetRoleCommand, type IAMClient } from '@aws-sdk/client-iam';

import { AppError, type RequestContext } from '../../src/contracts/index.js';
import { sendOptions } from './send-options.js';
import { isNamed, wrapError } from './wrapped-error.js';

/** Asks IAM for each named role, the task's first; stops at the first failure. */
export async function validateRoles(
  ctx: RequestContext,
  iam: Pick<IAMClient, 'send'>,
  names: {
    readonly taskRoleName: string | undefined;
    readonly taskExecutionRoleName: string | undefined;
  },
): Promise<void> {
  await validateRole(ctx, iam, 'task IAM role', names.taskRoleName);
  await validateRole(ctx, iam, 'task execution IAM role', names.taskExecutionRoleName);
}

async function validateRole(
  ctx: RequestContext,
  iam: Pick<IAMClient, 'send'>,
  kind: string,
  roleName: string | undefined,
): Promise<void> {
  if (roleName === undefined || roleName === '') return;
  try {
    await iam.send(new GetRoleCommand({ RoleName: roleName }), sendOptions(ctx));
  } catch (cause) {
    if (isNamed(cause, 'NoSuchEntityException'))
      throw new AppError('INVALID_REQUEST', `${kind} does not exist: ${roleName}`, { cause });
    throw wrapError(`failed to validate ${kind} ${roleName}`, cause);
  }
}
