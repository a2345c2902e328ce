import { findAppError } from '../../contracts/index.js';
import type { HealthIssue, HealthReport, RequestContext, SecretRepository } from '../../contracts/index.js';
import type { SecretValues } from './ssm-secret-values.js';

/** What secrets are reconciled with. */
export interface ReconcileSecretsDependencies {
  readonly secrets: Pick<SecretRepository, 'listSecrets' | 'findSecret'>;
  readonly secretValues: Pick<SecretValues, 'nameOf' | 'listNames'>;
}

/** What was found. */
export interface SecretsReport {
  readonly status: HealthReport['secretsStatus'];
  readonly issues: readonly HealthIssue[];
}

/** Looks whether every secret has a value that can be read, and every value a secret. Only an owner could repair either. */
export async function reconcileSecrets(
  ctx: RequestContext,
  { secrets, secretValues }: ReconcileSecretsDependencies,
): Promise<SecretsReport> {
  const orphans = new Set(await secretValues.listNames(ctx));
  const missing: string[] = [];
  let verifiedCount = 0;
  for (const { name } of await secrets.listSecrets(ctx)) {
    orphans.delete(secretValues.nameOf(name));
    try {
      // One that was deleted in the meantime is neither.
      if ((await secrets.findSecret(ctx, name)) !== undefined) verifiedCount += 1;
    } catch (error) {
      if (findAppError(error)?.code !== 'INTERNAL_ERROR') throw error;
      missing.push(name);
    }
  }
  return {
    status: {
      totalSecrets: verifiedCount + missing.length,
      verifiedCount,
      tagUpdatedCount: 0,
      missingCount: missing.length,
      orphanedCount: orphans.size,
      orphanedParameters: [...orphans],
    },
    issues: [...missing.map(unreadable), ...Array.from(orphans, orphaned)],
  };
}

function unreadable(name: string): HealthIssue {
  return {
    resourceType: 'secret',
    resourceId: name,
    severity: 'error',
    message: 'the value of the secret cannot be read from Parameter Store',
    action: 'give the secret a new value, or delete it',
  };
}

function orphaned(parameter: string): HealthIssue {
  return {
    resourceType: 'ssm_parameter',
    resourceId: parameter,
    severity: 'warning',
    message: 'the parameter belongs to no secret',
    action: 'nothing was changed; delete it when nobody needs it',
  };
}
