import { describe, expect, it } from 'vitest';

import type { HealthReconciler, ImageRegistry, SecretRepository } from '../../src/contracts/index.js';

/** A reconciler under test, and what it looks at. */
export interface HealthReconcilerSubject {
  readonly healthReconciler: HealthReconciler;
  readonly imageRegistry: ImageRegistry;
  readonly secrets: SecretRepository;
  /** Makes the stored value of a secret unreadable, behind the repository's back. */
  readonly damageValue: (name: string) => Promise<void>;
}

const ctx = { requestId: 'request-1' };
const at = new Date('2026-01-01T00:00:00Z');

async function addSecret(secrets: SecretRepository, name: string): Promise<void> {
  await secrets.createSecret(ctx, {
    name,
    keyName: 'TOKEN',
    value: 'value',
    createdBy: 'ada@example.com',
    updatedBy: 'ada@example.com',
    ownedBy: ['ada@example.com'],
    createdAt: at,
    updatedAt: at,
    createdByRequestId: 'request-1',
    modifiedByRequestId: 'request-1',
  });
}

/** What every {@link HealthReconciler} promises. `make` gives one over nothing. */
export function healthReconcilerContract(name: string, make: () => Promise<HealthReconcilerSubject>): void {
  describe(`health reconciler: ${name}`, () => {
    it('finds nothing wrong with nothing', async () => {
      const { healthReconciler } = await make();

      const report = await healthReconciler.reconcile(ctx);

      expect(report.timestamp).toBeInstanceOf(Date);
      expect(report).toMatchObject({
        computeStatus: { totalResources: 0, verifiedCount: 0, orphanedCount: 0, orphanedResources: [] },
        secretsStatus: { totalSecrets: 0, verifiedCount: 0, missingCount: 0, orphanedParameters: [] },
        identityStatus: { defaultRolesVerified: true, missingRoles: [] },
        issues: [],
        reconciledCount: 0,
      });
    });

    it('verifies what is as it should be', async () => {
      const { healthReconciler, imageRegistry, secrets } = await make();
      for (const image of ['a', 'b']) {
        await imageRegistry.registerImage(ctx, { image, registeredBy: 'ada@example.com' });
      }
      for (const secret of ['one', 'two', 'three']) await addSecret(secrets, secret);

      const report = await healthReconciler.reconcile(ctx);

      expect(report).toMatchObject({
        computeStatus: { totalResources: 2, verifiedCount: 2, recreatedCount: 0 },
        secretsStatus: { totalSecrets: 3, verifiedCount: 3, missingCount: 0 },
        issues: [],
      });
    });

    it('names each secret whose value cannot be read, and nothing of its value', async () => {
      const { healthReconciler, secrets, damageValue } = await make();
      for (const secret of ['one', 'two']) await addSecret(secrets, secret);
      await damageValue('two');

      const report = await healthReconciler.reconcile(ctx);

      expect(report.secretsStatus).toMatchObject({ totalSecrets: 2, verifiedCount: 1, missingCount: 1 });
      expect(report.issues).toMatchObject([{ resourceType: 'secret', resourceId: 'two', severity: 'error' }]);
      expect(await secrets.listSecrets(ctx)).toHaveLength(2);
    });

    it('reports the same again when nothing has changed', async () => {
      const { healthReconciler, imageRegistry, secrets } = await make();
      await imageRegistry.registerImage(ctx, { image: 'a', registeredBy: 'ada@example.com' });
      await addSecret(secrets, 'one');
      const { timestamp: _first, ...before } = await healthReconciler.reconcile(ctx);

      const { timestamp: _second, ...after } = await healthReconciler.reconcile(ctx);

      expect(after).toEqual(before);
    });
  });
}
