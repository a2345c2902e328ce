import type { RequestContext } from './request-context.js';

/** A secret without its value. */
export interface SecretMetadata {
  readonly name: string;
  /** Name of the environment variable that a task sees it under. */
  readonly keyName: string;
  readonly description?: string | undefined;
  readonly createdBy: string;
  readonly updatedBy: string;
  readonly ownedBy: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly createdByRequestId: string;
  readonly modifiedByRequestId: string;
}

/** A secret with its value. */
export interface Secret extends SecretMetadata {
  readonly value: string;
}

/** What an update changes; an absent member or an empty string keeps what is there. */
export interface SecretUpdate {
  readonly keyName?: string | undefined;
  readonly description?: string | undefined;
  readonly value?: string | undefined;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

/** Keeps secrets, values encrypted at rest. Failures of the store are `DATABASE_ERROR`. */
export interface SecretRepository {
  /**
   * @throws AppError `SECRET_ALREADY_EXISTS` (`secret already exists`), the old one untouched; `INVALID_REQUEST` when
   * the store cannot hold the name or the value, nothing written.
   */
  createSecret(ctx: RequestContext, secret: Secret): Promise<void>;

  /** @throws AppError `INTERNAL_ERROR` when the value cannot be read: never an empty string in its place. */
  findSecret(ctx: RequestContext, name: string): Promise<Secret | undefined>;

  /** The same without reading the value: for authorisation, and for secrets whose value is damaged. */
  findSecretMetadata(ctx: RequestContext, name: string): Promise<SecretMetadata | undefined>;

  /** Every secret by name, without values. */
  listSecrets(ctx: RequestContext): Promise<SecretMetadata[]>;

  /** Secrets that a request created or last changed, without values. */
  listSecretsByRequestId(ctx: RequestContext, requestId: string): Promise<SecretMetadata[]>;

  /** @throws AppError `SECRET_NOT_FOUND` (`secret not found`), nothing written. */
  updateSecret(ctx: RequestContext, name: string, update: SecretUpdate): Promise<void>;

  /** @throws AppError `SECRET_NOT_FOUND` (`secret not found`). */
  deleteSecret(ctx: RequestContext, name: string): Promise<void>;
}
