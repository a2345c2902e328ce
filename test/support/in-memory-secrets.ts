import { AppError } from '../../src/contracts/index.js';
import type {
  Secret,
  SecretMetadata,
  SecretRepository,
  StreamToken,
  StreamTokenRepository,
} from '../../src/contracts/index.js';

/** Secrets on a map. */
export function createInMemorySecrets(): SecretRepository {
  const secrets = new Map<string, Secret>();
  const all = (): Secret[] => [...secrets.values()].sort((one, other) => (one.name < other.name ? -1 : 1));

  function known(name: string): Secret {
    const secret = secrets.get(name);
    if (secret === undefined) throw new AppError('SECRET_NOT_FOUND', 'secret not found');
    return secret;
  }

  return {
    async createSecret(_ctx, secret) {
      if (secrets.has(secret.name)) throw new AppError('SECRET_ALREADY_EXISTS', 'secret already exists');
      secrets.set(secret.name, secret);
    },

    async findSecret(_ctx, name) {
      return secrets.get(name);
    },

    async findSecretMetadata(_ctx, name) {
      const secret = secrets.get(name);
      return secret === undefined ? undefined : withoutValue(secret);
    },

    async listSecrets() {
      return all().map(withoutValue);
    },

    async listSecretsByRequestId(_ctx, requestId) {
      return all()
        .filter(
          ({ createdByRequestId, modifiedByRequestId }) =>
            createdByRequestId === requestId || modifiedByRequestId === requestId,
        )
        .map(withoutValue);
    },

    async updateSecret(ctx, name, { keyName, description, value, updatedBy, updatedAt }) {
      const secret = known(name);
      secrets.set(name, {
        ...secret,
        keyName: keyName || secret.keyName,
        description: description || secret.description,
        value: value || secret.value,
        updatedBy,
        updatedAt,
        modifiedByRequestId: ctx.requestId ?? secret.modifiedByRequestId,
      });
    },

    async deleteSecret(_ctx, name) {
      known(name);
      secrets.delete(name);
    },
  };
}

function withoutValue({ value: _, ...metadata }: Secret): SecretMetadata {
  return metadata;
}

/** Rights to follow logs, on a map. */
export function createInMemoryStreamTokens(): StreamTokenRepository {
  const tokens = new Map<string, StreamToken>();

  return {
    async createStreamToken(_ctx, token) {
      tokens.set(token.token, token);
    },

    async findStreamToken(_ctx, token) {
      return tokens.get(token);
    },

    async deleteExpiredStreamTokens(_ctx, now) {
      for (const { token, expiresAt } of tokens.values()) if (expiresAt < now) tokens.delete(token);
    },
  };
}
