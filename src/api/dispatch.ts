import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '../contracts/index.js';
import type { UserRepository } from '../contracts/index.js';
import type { Authorizer } from '../orchestrator/authorize.js';
import { authenticate } from './authenticate.js';
import type { LastUsedRecorder } from './last-used.js';
import { createRouteMatcher } from './match-route.js';
import type { RouteMatch } from './match-route.js';
import { findOwnedResource } from './owned-resource.js';
import { RequestFailure } from './request-failure.js';
import { readRequestPath } from './request-path.js';
import { getRequestState, setRequestState } from './request-state.js';
import type { Action, Route } from './route.js';

/** What stands between a request and its handler. */
export interface DispatchOptions {
  readonly routes: readonly Route[];
  readonly users: Pick<UserRepository, 'findUserByApiKeyHash'>;
  readonly authorizer: Authorizer;
  readonly lastUsed: LastUsedRecorder;
}

const basePath = '/api/v1';

/** Groups whose callers are asked for a key before anything else about the path is said. */
const protectedGroups = ['/users', '/images', '/secrets', '/executions', '/trace'];

/** Groups whose root is itself a resource, with or without a slash behind it. */
const collections = ['/users', '/images', '/secrets', '/executions'];

const actionByMethod: Readonly<Record<string, Action>> = { POST: 'create', PUT: 'update', DELETE: 'delete' };

const isProtected = (path: string): boolean =>
  protectedGroups.some((root) => path === root || path.startsWith(`${root}/`));

/** The path below the base, or nothing when it lies elsewhere. */
const belowBase = (path: string): string | undefined =>
  path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;

/** The first key that a request carries. Node reads headers as Latin-1; a key is stored by its bytes in UTF-8. */
const apiKeyOf = (request: Request): string =>
  Buffer.from(request.headersDistinct['x-api-key']?.[0] ?? '', 'latin1').toString('utf8');

function answerUnmatched(match: Exclude<RouteMatch, { kind: 'route' }>, response: Response): void {
  if (match.kind === 'wrong-method') {
    response.statusCode = 405;
    response.setHeader('Allow', match.allowed.join(', '));
    response.end();
    return;
  }
  response.statusCode = 404;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end('404 page not found\n');
}

/** Finds the route, asks for key and permission where the contract says so, and calls the handler. */
export function createDispatch({ routes, users, authorizer, lastUsed }: DispatchOptions): RequestHandler {
  const matchRoute = createRouteMatcher(routes, collections);

  const admit = async (
    request: Request,
    response: Response,
    match: RouteMatch,
    path: string,
  ): Promise<void> => {
    const state = getRequestState(response);
    const user = await authenticate(users, state.context, apiKeyOf(request));
    lastUsed.record(user, state.context.requestId);
    setRequestState(response, { ...state, user });

    const action = actionByMethod[request.method] ?? 'read';
    const resource = match.kind === 'route' ? findOwnedResource(match.route, request) : undefined;
    let isAllowed: boolean;
    try {
      isAllowed = await authorizer.isAllowed(state.context, user, { action, path, resource });
    } catch (cause) {
      throw new RequestFailure('Server error', cause);
    }
    if (!isAllowed) {
      throw new RequestFailure(
        'Forbidden',
        new AppError(undefined, `you do not have permission to ${action} this resource`, { status: 403 }),
      );
    }
  };

  return async (request, response) => {
    const path = readRequestPath(request.url);
    const routingPath = belowBase(path.routing);
    const match: RouteMatch =
      routingPath === undefined ? { kind: 'unknown' } : matchRoute(request.method, routingPath);
    if (match.kind === 'route') {
      request.params = { ...match.parameters };
      setRequestState(response, { ...getRequestState(response), route: match.route.path });
    }

    const needsKey =
      (routingPath !== undefined && isProtected(routingPath)) ||
      (match.kind === 'route' && match.route.action !== 'public');
    if (needsKey) await admit(request, response, match, belowBase(path.decoded) ?? path.decoded);

    if (match.kind === 'route') await match.route.handler(request, response);
    else answerUnmatched(match, response);
  };
}
