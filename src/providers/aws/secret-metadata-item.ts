import type { SecretMetadata } from '../../contracts/index.js';
import type { Item } from './image-row.js';
import { readList, readText } from './read-attribute.js';
import { readTime, textUnlessEmpty } from './record-attributes.js';

/** The item of a secret: everything but the value. */
export function secretToItem(secret: SecretMetadata): Item {
  return {
    secret_name: { S: secret.name },
    key_name: { S: secret.keyName },
    description: { S: secret.description ?? '' },
    created_by: { S: secret.createdBy },
    updated_by: { S: secret.updatedBy },
    owned_by: { L: secret.ownedBy.map((owner) => ({ S: owner })) },
    created_at: { S: secret.createdAt.toISOString() },
    updated_at: { S: secret.updatedAt.toISOString() },
    ...textUnlessEmpty('created_by_request_id', secret.createdByRequestId),
    ...textUnlessEmpty('modified_by_request_id', secret.modifiedByRequestId),
  };
}

/** Throws a plain error for an item that is no secret. */
export function secretFromItem(item: Item): SecretMetadata {
  const description = readText(item['description']);
  return {
    name: readText(item['secret_name']),
    keyName: readText(item['key_name']),
    ...(description !== '' && { description }),
    createdBy: readText(item['created_by']),
    updatedBy: readText(item['updated_by']),
    ownedBy: readList(item['owned_by']),
    createdAt: readTime(item['created_at']),
    updatedAt: readTime(item['updated_at']),
    createdByRequestId: readText(item['created_by_request_id']),
    modifiedByRequestId: readText(item['modified_by_request_id']),
  };
}
