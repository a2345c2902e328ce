import { describe, expect, it } from 'vitest';
import { createRouteMatcher } from './match-route.js';
import type { Route } from './route.js';

const routes = (
  [
    ['GET', '/health'],
    ['GET', '/claim/:token'],
    ['GET', '/executions'],
    ['DELETE', '/executions/:executionID'],
    ['GET', '/executions/:executionID/logs'],
    ['GET', '/images/*image'],
    ['DELETE', '/images/*image'],
    ['GET', '/images'],
    ['POST', '/images/register'],
  ] as const
).map(([method, path]): Route => ({ method, path, action: 'read', handler: async () => undefined }));
const match = createRouteMatcher(routes, ['/images', '/executions']);

/** What a request led to, in one line. */
function outcome(method: string, path: string): string {
  const found = match(method, path);
  switch (found.kind) {
    case 'route':
      return `${found.route.path} ${JSON.stringify(found.parameters)}`;
    case 'wrong-method':
      return `405 ${[...found.allowed].sort().join(', ')}`;
    case 'unknown':
      return '404';
  }
}

describe('a path', () => {
  it.each([
    ['GET', '/health', '/health {}'],
    ['GET', '/health/', '404'],
    ['GET', '/Health', '404'],
    ['GET', '', '404'],
    ['GET', '//health', '404'],
    ['HEAD', '/health', '405 GET'],
    ['GET', '/claim/a', '/claim/:token {"token":"a"}'],
    ['GET', '/claim/', '404'],
    ['GET', '/claim/a/', '404'],
    ['GET', '/executions', '/executions {}'],
    ['GET', '/executions/', '/executions {}'],
    ['GET', '/executions//', '404'],
    ['GET', '/executions/e', '405 DELETE'],
    ['DELETE', '/executions/', '405 GET'],
    ['GET', '/executions//logs', '/executions/:executionID/logs {"executionID":""}'],
    ['GET', '/executions/e/logs/', '404'],
    ['GET', '/executions/a%2Fb/logs', '/executions/:executionID/logs {"executionID":"a%2Fb"}'],
    ['GET', '/images', '/images {}'],
    ['GET', '/images/', '/images {}'],
    ['GET', '/images/a/b:c', '/images/*image {"image":"a/b:c"}'],
    ['GET', '/images//a/', '/images/*image {"image":"/a/"}'],
    ['DELETE', '/images', '/images/*image {"image":""}'],
    ['DELETE', '/images/', '/images/*image {"image":""}'],
    ['POST', '/images', '405 DELETE, GET'],
    ['POST', '/images/register', '/images/register {}'],
    ['GET', '/images/register', '/images/*image {"image":"register"}'],
    ['PUT', '/images/register', '405 DELETE, GET, POST'],
    ['GET', '/imagesx', '404'],
  ])('%s %s leads to %s', (method, path, expected) => {
    expect(outcome(method, path)).toBe(expected);
  });
});
