import type { Secret, SecretMetadata } from '../contracts/index.js';
import { subSecondTime } from './wire-time.js';

/** A secret without its value, as lists and traces show it. */
export function secretMetadataToJson(secret: SecretMetadata): Readonly<Record<string, unknown>> {
  const { description } = secret;
  return {
    name: secret.name,
    key_name: secret.keyName,
    description: description === '' ? undefined : description,
    created_by: secret.createdBy,
    owned_by: secret.ownedBy,
    created_at: subSecondTime(secret.createdAt),
    updated_at: subSecondTime(secret.updatedAt),
    updated_by: secret.updatedBy,
    created_by_request_id: secret.createdByRequestId,
    modified_by_request_id: secret.modifiedByRequestId,
  };
}

/** A secret with its value, for whoever may read it. */
export function secretToJson(secret: Secret): Readonly<Record<string, unknown>> {
  return { ...secretMetadataToJson(secret), value: secret.value === '' ? undefined : secret.value };
}
