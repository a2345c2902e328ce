import type { Route } from './route.js';

/** Parameters of a matched path by name, neither trimmed nor decoded any further. */
export type PathParameters = Readonly<Record<string, string>>;

/** What a path led to. */
export type RouteMatch =
  | { readonly kind: 'route'; readonly route: Route; readonly parameters: PathParameters }
  /** The path is known, the method is not; `allowed` are the methods that are. */
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

interface Pattern {
  readonly route: Route;
  readonly segments: readonly string[];
}

const isRest = (segment: string | undefined): boolean => segment?.startsWith('*') === true;

/** How much a pattern prefers itself: fixed text before parameters before the rest of a path. */
function rank(segment: string | undefined): number {
  if (segment === undefined) return 0;
  if (isRest(segment)) return 3;
  return segment.startsWith(':') ? 2 : 1;
}

function bySpecificity(one: Pattern, other: Pattern): number {
  const length = Math.max(one.segments.length, other.segments.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(one.segments[index]) - rank(other.segments[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    if (isRest(expected)) {
      parameters[expected.slice(1)] = segments.slice(index).join('/');
      return parameters;
    }
    const actual = segments[index];
    if (actual === undefined) return undefined;
    if (expected.startsWith(':')) {
      // An empty segment is a parameter in the middle of a path, and no parameter at its end.
      if (actual === '' && index === segments.length - 1) return undefined;
      parameters[expected.slice(1)] = actual;
    } else if (expected !== actual) {
      return undefined;
    }
  }
  return pattern.length === segments.length ? parameters : undefined;
}

/**
 * Makes the function that finds the route for a method and a path below `/api/v1`. The path is compared as it stands:
 * upper and lower case differ, and a trailing slash counts, except behind the roots of collections.
 */
export function createRouteMatcher(
  routes: readonly Route[],
  collections: readonly string[],
): (method: string, path: string) => RouteMatch {
  const patterns = routes
    .map((route): Pattern => ({ route, segments: route.path.split('/').slice(1) }))
    .sort(bySpecificity);

  return (method, path) => {
    const isCollection = collections.some((root) => path === root || path === `${root}/`);
    const segments = (isCollection ? path.replace(/\/$/, '') : path).split('/').slice(1);
    const allowed = new Set<string>();
    for (const { route, segments: pattern } of patterns) {
      const parameters = matchSegments(pattern, segments);
      if (parameters === undefined) continue;
      if (route.method === method) return { kind: 'route', route, parameters };
      allowed.add(route.method);
    }
    return allowed.size === 0 ? { kind: 'unknown' } : { kind: 'wrong-method', allowed: [...allowed] };
  };
}
