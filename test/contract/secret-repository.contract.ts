import { describe, expect, it } from 'vitest';

import type { Secret, SecretRepository } from '../../src/contracts/index.js';
import { expectAppError } from './expect-app-error.js';

const ctx = { requestId: 'request-1' };
const time = (text: string): Date => new Date(`2026-01-01T${text}Z`);

function secret(name: string, more: Partial<Secret> = {}): Secret {
  return {
    name,
    keyName: 'GITHUB_TOKEN',
    description: 'reads packages',
    value: `value of ${name}`,
    createdBy: 'ada@example.com',
    updatedBy: 'ada@example.com',
    ownedBy: ['ada@example.com'],
    createdAt: time('00:00:00.123'),
    updatedAt: time('00:00:00.123'),
    createdByRequestId: 'request-1',
    modifiedByRequestId: 'request-1',
    ...more,
  };
}

function withoutValue({ value: _value, ...metadata }: Secret): Omit<Secret, 'value'> {
  return metadata;
}

/** A repository under test. */
export interface SecretRepositorySubject {
  readonly secrets: SecretRepository;
  /** Makes the stored value of a secret unreadable, behind the repository's back. */
  readonly damageValue: (name: string) => Promise<void>;
}

/** What every {@link SecretRepository} promises. `make` gives an empty one. */
export function secretRepositoryContract(name: string, make: () => Promise<SecretRepositorySubject>): void {
  const makeWith = async (...all: Secret[]): Promise<SecretRepository> => {
    const { secrets } = await make();
    for (const each of all) await secrets.createSecret(ctx, each);
    return secrets;
  };

  describe(`secret repository: ${name}`, () => {
    it('gives back a secret with its value, to the millisecond', async () => {
      const complete = secret('token', {
        value: 'line 1\nline 2 = "ü😀" $x `y` \\',
        ownedBy: ['ada@example.com', 'bob@example.com'],
        modifiedByRequestId: 'request-2',
      });
      const secrets = await makeWith(complete, secret('other'));

      expect(await secrets.findSecret(ctx, 'token')).toEqual(complete);
      expect(await secrets.findSecretMetadata(ctx, 'token')).toEqual(withoutValue(complete));
    });

    it('gives back a secret without a description', async () => {
      const secrets = await makeWith(secret('token', { description: undefined }));

      expect((await secrets.findSecret(ctx, 'token'))?.description).toBeUndefined();
    });

    it('finds nothing under an unknown name', async () => {
      const { secrets } = await make();

      expect(await secrets.findSecret(ctx, 'nope')).toBeUndefined();
      expect(await secrets.findSecretMetadata(ctx, 'nope')).toBeUndefined();
    });

    it('refuses a name that is taken and leaves the old secret alone', async () => {
      const secrets = await makeWith(secret('token'));

      await expectAppError(
        secrets.createSecret(ctx, secret('token', { value: 'other', keyName: 'OTHER' })),
        'SECRET_ALREADY_EXISTS',
        'secret already exists',
      );
      expect(await secrets.findSecret(ctx, 'token')).toEqual(secret('token'));
    });

    it('lists secrets by name and without values', async () => {
      const secrets = await makeWith(secret('b'), secret('c'), secret('a'));

      const listed = await secrets.listSecrets(ctx);

      expect(listed).toEqual(['a', 'b', 'c'].map((each) => withoutValue(secret(each))));
      expect(JSON.stringify(listed)).not.toContain('value of');
    });

    it('lists the secrets that a request created or last changed, without values', async () => {
      const created = secret('a', { createdByRequestId: 'request-2' });
      const secrets = await makeWith(created, secret('b'), secret('c'));
      const updatedAt = time('01:00:00');
      await secrets.updateSecret({ requestId: 'request-2' }, 'b', {
        updatedBy: 'bob@example.com',
        updatedAt,
      });

      const listed = await secrets.listSecretsByRequestId(ctx, 'request-2');

      expect(listed.map((each) => each.name).sort()).toEqual(['a', 'b']);
      expect(JSON.stringify(listed)).not.toContain('value of');
    });

    it('changes what an update names and keeps the rest', async () => {
      const secrets = await makeWith(secret('token'), secret('other'));
      const byBob = { updatedBy: 'bob@example.com', updatedAt: time('01:00:00.5') };

      await secrets.updateSecret({ requestId: 'request-2' }, 'token', {
        value: 'new',
        keyName: '',
        ...byBob,
      });

      const changed = secret('token', { value: 'new', modifiedByRequestId: 'request-2', ...byBob });
      expect(await secrets.findSecret(ctx, 'token')).toEqual(changed);
      expect(await secrets.findSecret(ctx, 'other')).toEqual(secret('other'));
    });

    it('keeps the value when an update names none', async () => {
      const secrets = await makeWith(secret('token'));
      const byBob = { updatedBy: 'bob@example.com', updatedAt: time('01:00:00') };

      await secrets.updateSecret(ctx, 'token', {
        description: 'writes',
        keyName: 'OTHER',
        value: '',
        ...byBob,
      });

      const changed = secret('token', { description: 'writes', keyName: 'OTHER', ...byBob });
      expect(await secrets.findSecret(ctx, 'token')).toEqual(changed);
    });

    it('deletes a secret', async () => {
      const secrets = await makeWith(secret('token'), secret('other'));

      await secrets.deleteSecret(ctx, 'token');

      expect(await secrets.findSecret(ctx, 'token')).toBeUndefined();
      expect(await secrets.listSecrets(ctx)).toHaveLength(1);
    });

    it('has nothing to update or delete under an unknown name', async () => {
      const { secrets } = await make();
      const update = { value: 'new', updatedBy: 'ada@example.com', updatedAt: time('01:00:00') };

      await expectAppError(secrets.updateSecret(ctx, 'nope', update), 'SECRET_NOT_FOUND', 'secret not found');
      await expectAppError(secrets.deleteSecret(ctx, 'nope'), 'SECRET_NOT_FOUND', 'secret not found');
      expect(await secrets.listSecrets(ctx)).toEqual([]);
    });

    it('fails for a value that cannot be read, and still shows and deletes the rest', async () => {
      const { secrets, damageValue } = await make();
      await secrets.createSecret(ctx, secret('token'));
      await damageValue('token');

      await expectAppError(secrets.findSecret(ctx, 'token'), 'INTERNAL_ERROR');
      expect(await secrets.findSecretMetadata(ctx, 'token')).toEqual(withoutValue(secret('token')));
      expect(await secrets.listSecrets(ctx)).toHaveLength(1);
      await secrets.deleteSecret(ctx, 'token');
      expect(await secrets.listSecrets(ctx)).toEqual([]);
    });

    it('heals a value that cannot be read when a new one is given', async () => {
      const { secrets, damageValue } = await make();
      await secrets.createSecret(ctx, secret('token'));
      await damageValue('token');

      const update = { value: 'new', updatedBy: 'ada@example.com', updatedAt: time('01:00:00') };
      await secrets.updateSecret(ctx, 'token', update);

      expect((await secrets.findSecret(ctx, 'token'))?.value).toBe('new');
    });

    it('creates nothing for a request that is over', async () => {
      const { secrets } = await make();

      await expect(secrets.createSecret({ signal: AbortSignal.abort() }, secret('token'))).rejects.toThrow();
      expect(await secrets.listSecrets(ctx)).toEqual([]);
    });
  });
}
