import { findAppError } from '../contracts/index.js';
import type {
  ExecutionRepository,
  ImageRegistry,
  RequestContext,
  SecretRepository,
  User,
} from '../contracts/index.js';
import { decideByRole } from './role-policy.js';
import type { PolicyAction } from './role-policy.js';

/** A thing that somebody owns. For an image `id` is what the caller calls it: an ID or a reference. */
export interface OwnedResource {
  readonly kind: 'execution' | 'image' | 'secret';
  readonly id: string;
}

/** What is asked for: an action on a path, and the thing behind it where its owner has a say. */
export interface AccessRequest {
  readonly action: PolicyAction;
  /** Decoded path below `/api/v1`, as it was sent. */
  readonly path: string;
  readonly resource?: OwnedResource | undefined;
}

/** Decides who may do what. */
export interface Authorizer {
  /** @throws AppError when the records that say who owns what cannot be read. */
  isAllowed(ctx: RequestContext, user: User, access: AccessRequest): Promise<boolean>;

  /** Whether a run may use an image (by its ID) or a secret (by its name). */
  canUse(ctx: RequestContext, user: User, kind: 'image' | 'secret', id: string): Promise<boolean>;
}

/** What the authorizer looks owners up in. */
export interface AuthorizerOptions {
  readonly executions: Pick<ExecutionRepository, 'findExecution'>;
  readonly secrets: Pick<SecretRepository, 'findSecretMetadata'>;
  readonly imageRegistry: Pick<ImageRegistry, 'getImage'>;
}

/** The path that the role policy knows a thing by. */
const useCollection = { image: '/images/', secret: '/secrets/' } as const;

/** Makes the authorizer: roles first, then ownership as the records have it; an explicit deny wins over both. */
export function createAuthorizer({ executions, secrets, imageRegistry }: AuthorizerOptions): Authorizer {
  const findOwners = async (ctx: RequestContext, resource: OwnedResource): Promise<readonly string[]> => {
    // An empty name would be the default image.
    if (resource.id === '') return [];
    switch (resource.kind) {
      case 'execution':
        return (await executions.findExecution(ctx, resource.id))?.ownedBy ?? [];
      case 'secret':
        return (await secrets.findSecretMetadata(ctx, resource.id))?.ownedBy ?? [];
      case 'image':
        try {
          return (await imageRegistry.getImage(ctx, resource.id)).ownedBy;
        } catch (error) {
          // Nobody owns an image that is not there; an outage is no answer to who owns it.
          if ((findAppError(error)?.status ?? 500) < 500) return [];
          throw error;
        }
    }
  };

  return {
    async isAllowed(ctx, user, { action, path, resource }) {
      const decision = decideByRole(user.role, action, path);
      if (decision !== undefined) return decision === 'allow';
      if (resource === undefined) return false;
      return (await findOwners(ctx, resource)).includes(user.email);
    },

    async canUse(_ctx, user, kind, id) {
      return decideByRole(user.role, 'use', `${useCollection[kind]}${id}`) === 'allow';
    },
  };
}
