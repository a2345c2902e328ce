import { describe, expect, it } from 'vitest';
import type { Role } from '../contracts/index.js';
import { decideByRole } from './role-policy.js';
import type { PolicyAction } from './role-policy.js';

const roles = ['admin', 'operator', 'developer', 'viewer'] as const;

/** Section 2.3 of the HTTP contract, for things that the caller does not own. */
const matrix: readonly (readonly [PolicyAction, string, readonly Role[]])[] = [
  ['read', '/executions', roles],
  ['read', '/executions/', ['admin', 'operator']],
  ['read', '/executions/e/status', ['admin', 'operator']],
  ['read', '/executions/e/logs', ['admin', 'operator']],
  ['delete', '/executions/e', ['admin', 'operator']],
  ['create', '/run', ['admin', 'operator', 'developer']],
  ['use', '/images/alpine:3-12345678', ['admin', 'operator', 'developer']],
  ['use', '/images/owner/tool:1-12345678', ['admin', 'operator', 'developer']],
  ['use', '/secrets/name', ['admin', 'operator', 'developer']],
  ['read', '/images', ['admin', 'operator']],
  ['read', '/images/owner/tool:1', ['admin', 'operator']],
  ['create', '/images/register', ['admin', 'operator']],
  ['delete', '/images/alpine:3-12345678', ['admin', 'operator']],
  ['read', '/secrets', ['admin', 'operator']],
  ['read', '/secrets/name', ['admin', 'operator']],
  ['create', '/secrets', ['admin', 'operator', 'developer']],
  ['create', '/secrets/', ['admin']],
  ['update', '/secrets/name', ['admin', 'operator']],
  ['delete', '/secrets/name', ['admin', 'operator']],
  ['read', '/users/', ['admin', 'operator']],
  ['read', '/users', ['admin']],
  ['create', '/users/create', ['admin']],
  ['create', '/users/revoke', ['admin']],
  ['read', '/trace/r', ['admin']],
  ['create', '/health/reconcile', ['admin', 'operator']],
  ['read', '/executionsx', ['admin']],
  ['read', '/', ['admin']],
];

describe('the role policy', () => {
  it.each(matrix)('lets %s %s be done by %j and nobody else', (action, path, allowed) => {
    expect(roles.filter((role) => decideByRole(role, action, path) === 'allow')).toEqual(allowed);
  });

  it('denies developers and viewers whatever lies under users, which is more than not allowing it', () => {
    expect(decideByRole('developer', 'read', '/users/')).toBe('deny');
    expect(decideByRole('viewer', 'create', '/users/create')).toBe('deny');
    expect(decideByRole('viewer', 'read', '/users')).toBeUndefined();
  });
});
