import type { HealthReconciler } from '../../contracts/index.js';
import { reconcileRoles, type ReconcileRolesDependencies } from './reconcile-roles.js';
import { reconcileSecrets, type ReconcileSecretsDependencies } from './reconcile-secrets.js';
import {
  reconcileTaskDefinitions,
  type ReconcileTaskDefinitionsDependencies,
} from './reconcile-task-definitions.js';

/** What is reconciled with what. */
export interface AwsHealthReconcilerOptions
  extends ReconcileTaskDefinitionsDependencies, ReconcileSecretsDependencies, ReconcileRolesDependencies {
  readonly now: () => Date;
}

/** Compares the service's records with ECS, Parameter Store and IAM. */
export function createAwsHealthReconciler(options: AwsHealthReconcilerOptions): HealthReconciler {
  return {
    async reconcile(ctx) {
      const compute = await reconcileTaskDefinitions(ctx, options);
      const secrets = await reconcileSecrets(ctx, options);
      const identity = await reconcileRoles(ctx, options);
      return {
        timestamp: options.now(),
        computeStatus: compute.status,
        secretsStatus: secrets.status,
        identityStatus: identity.status,
        issues: [...compute.issues, ...secrets.issues, ...identity.issues],
        reconciledCount: compute.status.recreatedCount + compute.status.tagUpdatedCount,
      };
    },
  };
}
