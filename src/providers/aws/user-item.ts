import { roles, type User } from '../../contracts/index.js';
import type { Item } from './image-row.js';
import {
  readSecondsIfSet,
  readTime,
  readTimeIfSet,
  secondsIfSet,
  textUnlessEmpty,
} from './record-attributes.js';
import { readFlag, readSomeText, readText } from './read-attribute.js';

/** The item of a user. `_all` puts every one into the index that lists them by e-mail. */
export function userToItem(user: User): Item {
  return {
    api_key_hash: { S: user.apiKeyHash },
    _all: { S: 'USER' },
    user_email: { S: user.email },
    role: { S: user.role },
    created_at: { S: user.createdAt.toISOString() },
    ...textUnlessEmpty('last_used', user.lastUsed?.toISOString()),
    revoked: { BOOL: user.revoked },
    ...secondsIfSet('expires_at', user.expiresAt),
    ...textUnlessEmpty('created_by_request_id', user.createdByRequestId),
    ...textUnlessEmpty('modified_by_request_id', user.modifiedByRequestId),
  };
}

/** Throws a plain error for an item that is no user. */
export function userFromItem(item: Item): User {
  const role = readText(item['role']);
  const known = roles.find((one) => one === role);
  if (known === undefined) throw new Error(`not a role: ${role}`);
  const lastUsed = readTimeIfSet(item['last_used']);
  const expiresAt = readSecondsIfSet(item['expires_at']);
  return {
    email: readSomeText(item, 'user_email'),
    role: known,
    apiKeyHash: readText(item['api_key_hash']),
    createdAt: readTime(item['created_at']),
    ...(lastUsed !== undefined && { lastUsed }),
    revoked: readFlag(item['revoked']),
    ...(expiresAt !== undefined && { expiresAt }),
    createdByRequestId: readText(item['created_by_request_id']),
    modifiedByRequestId: readText(item['modified_by_request_id']),
  };
}
