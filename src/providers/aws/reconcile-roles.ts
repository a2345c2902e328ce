import { GetRoleCommand } from '@aws-sdk/client-iam';

import type { HealthIssue, HealthReport, ImageRegistry, RequestContext } from '../../contracts/index.js';
import type { Iam } from './aws-clients.js';
import type { TaskDefinitionSettings } from './aws-settings.js';
import { lastSegment } from './last-segment.js';
import { sendOptions } from './send-options.js';
import { isNamed, translateError } from './translate-error.js';

/** What roles are looked for with. */
export interface ReconcileRolesDependencies {
  readonly iam: Iam;
  readonly imageRegistry: Pick<ImageRegistry, 'listImages'>;
  readonly settings: Pick<TaskDefinitionSettings, 'defaultTaskRoleArn' | 'defaultExecutionRoleArn'>;
}

/** What was found. */
export interface RolesReport {
  readonly status: HealthReport['identityStatus'];
  readonly issues: readonly HealthIssue[];
}

/** Looks whether the roles that tasks are started with exist. A role is never made: only a person knows what it may do. */
export async function reconcileRoles(
  ctx: RequestContext,
  { iam, imageRegistry, settings }: ReconcileRolesDependencies,
): Promise<RolesReport> {
  const { defaultTaskRoleArn, defaultExecutionRoleArn } = settings;
  const defaults = namesOf([defaultTaskRoleArn, defaultExecutionRoleArn].map(lastSegment));
  const images = await imageRegistry.listImages(ctx);
  const custom = namesOf(images.flatMap((image) => [image.taskRoleName, image.taskExecutionRoleName]));
  const missingDefaults = await missingAmong(ctx, iam, defaults);
  const missingCustom = await missingAmong(ctx, iam, custom);
  const missingRoles = [...missingDefaults, ...missingCustom];
  return {
    status: {
      defaultRolesVerified: missingDefaults.length === 0,
      customRolesVerified: custom.length - missingCustom.length,
      customRolesTotal: custom.length,
      missingRoles,
    },
    issues: missingRoles.map(missing),
  };
}

function namesOf(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined && name !== ''))].sort() as string[];
}

async function missingAmong(ctx: RequestContext, iam: Iam, names: readonly string[]): Promise<string[]> {
  const missingNames: string[] = [];
  for (const name of names) {
    try {
      await iam.send(new GetRoleCommand({ RoleName: name }), sendOptions(ctx));
    } catch (cause) {
      if (!isNamed(cause, 'NoSuchEntityException'))
        throw translateError(cause, `failed to look for role ${name}`);
      missingNames.push(name);
    }
  }
  return missingNames;
}

function missing(name: string): HealthIssue {
  return {
    resourceType: 'iam_role',
    resourceId: name,
    severity: 'error',
    message: 'the role does not exist',
    action: 'make the role, or register the image with another one',
  };
}
