import type { Role } from '../contracts/index.js';

/** What somebody wants to do with the object behind a path; `use` is asked for the images and secrets of a run. */
export type PolicyAction = 'create' | 'read' | 'update' | 'delete' | 'use';

/** One line of the role policy. */
export interface PolicyRule {
  readonly role: Role;
  /**
   * Path below `/api/v1`. A final `/*` is the rest of a path behind a slash, further slashes and nothing at all
   * included, but not the path without that slash; `:name` is one segment that is not empty; all else is exact.
   */
  readonly path: string;
  readonly actions: readonly PolicyAction[] | 'any';
  /** A deny that matches wins over everything, ownership included. */
  readonly effect: 'allow' | 'deny';
}

const allow = (role: Role, path: string, actions: PolicyRule['actions']): PolicyRule => ({
  role,
  path,
  actions,
  effect: 'allow',
});

/** Section 2.3 of the HTTP contract, its trailing slashes included. What owners may do stands in the authorizer. */
export const rolePolicy: readonly PolicyRule[] = [
  allow('admin', '/*', 'any'),

  allow('operator', '/executions', ['read']),
  allow('operator', '/executions/*', 'any'),
  allow('operator', '/run', ['create']),
  allow('operator', '/images', 'any'),
  allow('operator', '/images/*', 'any'),
  allow('operator', '/secrets', ['read', 'create']),
  // No `create` here: `POST /secrets/` is the admins' alone.
  allow('operator', '/secrets/*', ['read', 'update', 'delete', 'use']),
  allow('operator', '/users/*', ['read']),
  allow('operator', '/health/reconcile', ['create']),

  allow('developer', '/executions', ['read']),
  allow('developer', '/run', ['create']),
  allow('developer', '/images/*', ['use']),
  allow('developer', '/secrets', ['create']),
  allow('developer', '/secrets/*', ['use']),
  { role: 'developer', path: '/users/*', actions: 'any', effect: 'deny' },

  allow('viewer', '/executions', ['read']),
  { role: 'viewer', path: '/users/*', actions: 'any', effect: 'deny' },
];

function matchesPath(pattern: string, path: string): boolean {
  if (pattern.endsWith('/*')) return path.startsWith(pattern.slice(0, -1));
  const expected = pattern.split('/');
  const actual = path.split('/');
  return (
    expected.length === actual.length &&
    expected.every((segment, index) =>
      segment.startsWith(':') ? actual[index] !== '' : segment === actual[index],
    )
  );
}

/** What the policy says of one role, action and path: `undefined` when no rule matches. */
export function decideByRole(
  role: Role,
  action: PolicyAction,
  path: string,
): PolicyRule['effect'] | undefined {
  const effects = rolePolicy
    .filter(
      (rule) =>
        rule.role === role &&
        (rule.actions === 'any' || rule.actions.includes(action)) &&
        matchesPath(rule.path, path),
    )
    .map((rule) => rule.effect);
  if (effects.includes('deny')) return 'deny';
  return effects.includes('allow') ? 'allow' : undefined;
}
