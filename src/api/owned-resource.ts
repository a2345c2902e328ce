import type { Request } from 'express';
import type { OwnedResource } from '../orchestrator/authorize.js';
import { rawImageParameter } from './image-parameter.js';
import { rawPathParameter } from './path-parameter.js';
import type { Route } from './route.js';

interface OwnerRule {
  readonly method: Route['method'];
  readonly path: string;
  readonly kind: OwnedResource['kind'];
}

/** The operations that the owner of a thing may do whatever their role; lists and runs are not among them. */
const ownerRules: readonly OwnerRule[] = [
  { method: 'GET', path: '/executions/:executionID/status', kind: 'execution' },
  { method: 'GET', path: '/executions/:executionID/logs', kind: 'execution' },
  { method: 'DELETE', path: '/executions/:executionID', kind: 'execution' },
  { method: 'GET', path: '/secrets/:name', kind: 'secret' },
  { method: 'PUT', path: '/secrets/:name', kind: 'secret' },
  { method: 'DELETE', path: '/secrets/:name', kind: 'secret' },
  { method: 'GET', path: '/images/*image', kind: 'image' },
];

/** The thing whose owner has a say in a request; its ID is read just as the handler will read it. */
export function findOwnedResource(route: Route, request: Request): OwnedResource | undefined {
  const rule = ownerRules.find((one) => one.method === route.method && one.path === route.path);
  switch (rule?.kind) {
    case undefined:
      return undefined;
    case 'execution':
      return { kind: 'execution', id: rawPathParameter(request, 'executionID') };
    case 'secret':
      return { kind: 'secret', id: rawPathParameter(request, 'name') };
    case 'image':
      return { kind: 'image', id: rawImageParameter(request) };
  }
}
