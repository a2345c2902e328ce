import { describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { ImageInfo, Role, SecretMetadata, User } from '../contracts/index.js';
import { createAuthorizer } from './authorize.js';
import { createExecutionsDouble, someExecution } from './executions.double.js';

const user = (email: string, role: Role): User => ({
  email,
  role,
  apiKeyHash: '',
  createdAt: new Date(0),
  revoked: false,
  createdByRequestId: '',
  modifiedByRequestId: '',
});
const owner = user('owner@example.com', 'developer');
const stranger = user('stranger@example.com', 'developer');

const ownedBy = [owner.email];
const image: ImageInfo = {
  imageId: 'owner/tool:1-12345678',
  image: 'owner/tool:1',
  ownedBy,
  createdAt: new Date(0),
  createdByRequestId: '',
  modifiedByRequestId: '',
};
const secret: SecretMetadata = {
  name: 'mine',
  keyName: 'MINE',
  createdBy: owner.email,
  updatedBy: owner.email,
  ownedBy,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  createdByRequestId: '',
  modifiedByRequestId: '',
};

const authorizerOver = (getImage: (ref: string) => ImageInfo) =>
  createAuthorizer({
    executions: createExecutionsDouble(someExecution({ executionId: 'mine', ownedBy })),
    secrets: { findSecretMetadata: async (_ctx, name) => (name === 'mine' ? secret : undefined) },
    imageRegistry: { getImage: async (_ctx, ref) => getImage(ref) },
  });
const authorizer = authorizerOver((ref) => {
  if (ref === image.image || ref === image.imageId || ref === '') return image;
  throw new AppError('NOT_FOUND', `image not found: ${ref}`);
});

const cases = [
  ['execution', 'mine', 'read', '/executions/mine/status'],
  ['execution', 'mine', 'delete', '/executions/mine'],
  ['secret', 'mine', 'update', '/secrets/mine'],
  ['image', 'owner/tool:1', 'read', '/images/owner/tool:1'],
] as const;

describe('an authorizer', () => {
  it.each(cases)(
    'gives the owner of the %s %s what a stranger may not: to %s it',
    async (kind, id, action, path) => {
      const access = { action, path, resource: { kind, id } };

      expect(await authorizer.isAllowed({}, owner, access)).toBe(true);
      expect(await authorizer.isAllowed({}, stranger, access)).toBe(false);
    },
  );

  it.each(cases)(
    'refuses a stranger an unknown %s as it refuses a known one',
    async (kind, _id, action, path) => {
      const access = { action, path, resource: { kind, id: 'unknown' } };

      expect(await authorizer.isAllowed({}, owner, access)).toBe(false);
    },
  );

  it('takes no empty name for the default image', async () => {
    const access = { action: 'read', path: '/images/ ', resource: { kind: 'image', id: '' } } as const;

    expect(await authorizer.isAllowed({}, owner, access)).toBe(false);
  });

  it('lets an explicit deny win over ownership', async () => {
    const access = { action: 'read', path: '/users/x', resource: { kind: 'secret', id: 'mine' } } as const;

    expect(await authorizer.isAllowed({}, owner, access)).toBe(false);
  });

  it('does not look for owners where the role decides', async () => {
    const unasked = authorizerOver(() => {
      throw new Error('asked');
    });
    const access = { action: 'read', path: '/images/x', resource: { kind: 'image', id: 'x' } } as const;

    expect(await unasked.isAllowed({}, user('op@example.com', 'operator'), access)).toBe(true);
  });

  it('does not take an outage for an answer', async () => {
    const failing = authorizerOver(() => {
      throw new AppError('DATABASE_ERROR', 'the store did not answer');
    });
    const access = { action: 'read', path: '/images/x', resource: { kind: 'image', id: 'x' } } as const;

    await expect(failing.isAllowed({}, owner, access)).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });

  it('lets a run of anybody but a viewer use any image and any secret', async () => {
    expect(await authorizer.canUse({}, stranger, 'image', image.imageId)).toBe(true);
    expect(await authorizer.canUse({}, stranger, 'secret', 'mine')).toBe(true);
    expect(await authorizer.canUse({}, user('v@example.com', 'viewer'), 'image', image.imageId)).toBe(false);
  });
});
