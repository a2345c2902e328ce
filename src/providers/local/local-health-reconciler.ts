import {
  findAppError,
  type HealthIssue,
  type HealthReconciler,
  type ImageRegistry,
  type RequestContext,
  type SecretRepository,
} from '../../contracts/index.js';

export interface LocalHealthReconcilerOptions {
  readonly imageRegistry: Pick<ImageRegistry, 'listImages'>;
  readonly secrets: Pick<SecretRepository, 'listSecrets' | 'findSecret'>;
  /** Names of directories of tasks that nobody knows. */
  readonly findOrphanedDirectories: () => Promise<readonly string[]>;
  readonly now: () => Date;
}

/**
 * Looks whether everything that was recorded is there and can be read. Repairs nothing: an image needs nothing but its
 * row here, a lost value only its owner has, and a directory without a task may hold the last copy of a log.
 */
export function createLocalHealthReconciler({
  imageRegistry,
  secrets,
  findOrphanedDirectories,
  now,
}: LocalHealthReconcilerOptions): HealthReconciler {
  return {
    async reconcile(ctx) {
      const images = await imageRegistry.listImages(ctx);
      const { readable, unreadable } = await readSecrets(secrets, ctx);
      const orphans = await findOrphanedDirectories();
      return {
        timestamp: now(),
        computeStatus: {
          totalResources: images.length,
          verifiedCount: images.length,
          recreatedCount: 0,
          tagUpdatedCount: 0,
          orphanedCount: orphans.length,
          orphanedResources: orphans,
        },
        secretsStatus: {
          totalSecrets: readable.length + unreadable.length,
          verifiedCount: readable.length,
          tagUpdatedCount: 0,
          missingCount: unreadable.length,
          orphanedCount: 0,
          orphanedParameters: [],
        },
        // Roles are names without a meaning here, so there is none that could be missing.
        identityStatus: {
          defaultRolesVerified: true,
          customRolesVerified: 0,
          customRolesTotal: 0,
          missingRoles: [],
        },
        issues: [...unreadable.map(unreadableSecret), ...orphans.map(orphanedDirectory)],
        reconciledCount: 0,
      };
    },
  };
}

async function readSecrets(
  secrets: LocalHealthReconcilerOptions['secrets'],
  ctx: RequestContext,
): Promise<{ readable: string[]; unreadable: string[] }> {
  const readable: string[] = [];
  const unreadable: string[] = [];
  for (const { name } of await secrets.listSecrets(ctx)) {
    try {
      // One that was deleted in the meantime is neither.
      if ((await secrets.findSecret(ctx, name)) !== undefined) readable.push(name);
    } catch (error) {
      if (findAppError(error)?.code !== 'INTERNAL_ERROR') throw error;
      unreadable.push(name);
    }
  }
  return { readable, unreadable };
}

function unreadableSecret(name: string): HealthIssue {
  return {
    resourceType: 'secret',
    resourceId: name,
    severity: 'error',
    message: 'the value of the secret cannot be decrypted',
    action: 'give the secret a new value, or delete it',
  };
}

function orphanedDirectory(name: string): HealthIssue {
  return {
    resourceType: 'task_directory',
    resourceId: name,
    severity: 'warning',
    message: 'the directory belongs to no task in the database',
    action: 'nothing was changed; remove it when nobody needs its log',
  };
}
