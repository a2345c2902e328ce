import type { User } from '../contracts/index.js';
import { subSecondTime } from './wire-time.js';

/** A user as lists and traces show them: neither the key nor its hash. */
export function userToJson(user: User): Readonly<Record<string, unknown>> {
  const { lastUsed } = user;
  return {
    email: user.email,
    role: user.role,
    created_at: subSecondTime(user.createdAt),
    revoked: user.revoked,
    last_used: lastUsed && subSecondTime(lastUsed),
    created_by_request_id: user.createdByRequestId,
    modified_by_request_id: user.modifiedByRequestId,
  };
}
