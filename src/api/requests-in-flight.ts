import type { Route } from './route.js';

/** Knows which handlers are still at work, whether or not their clients are still there. */
export interface RequestsInFlight {
  /** The same routes, with every call of a handler counted. */
  readonly routes: readonly Route[];
  /** Resolves when every handler that was at work has finished: for a shutdown, before the store closes. */
  settled(): Promise<void>;
}

/** Watches over the handlers of routes: what a request has begun it finishes, even when its client hangs up. */
export function watchRequests(routes: readonly Route[]): RequestsInFlight {
  const working = new Set<Promise<void>>();

  return {
    routes: routes.map((route) => ({
      ...route,
      handler: async (request, response) => {
        const work = route.handler(request, response);
        working.add(work);
        try {
          await work;
        } finally {
          working.delete(work);
        }
      },
    })),

    async settled() {
      await Promise.allSettled(working);
    },
  };
}
