import type { Runner } from '../../../legacy/runner.js';
import type { Implementation } from '../../../src/testing/index.js';
import type { MockedClients } from '../../aws-model/mocked-clients.js';
import { runnerImplementation } from '../runner-implementation.js';
import { fetchBackendLogs } from './stated-backend-logs.js';
import { getImage, listImages } from './stated-images.js';
import { killTask } from './stated-kill.js';
import { fetchLogsByExecutionId } from './stated-logs.js';
import { registerImage } from './stated-register.js';
import { removeImage } from './stated-remove.js';
import { startTask } from './stated-start.js';
import { sessionOver } from './session-over-clients.js';
import { statedWorld } from './stated-world.js';
import type { StatedWorld } from './stated-world.js';

/**
 * What a runner is to show with some of the rows in force, request by request. Without any it states the original, and
 * every run holds it to that; with all of them it states what the facets are held to. So a row is what changes between
 * the two, under every fault and in every state of the world, and nothing else may.
 */
export function statement(
  name: string,
  rows: readonly string[],
  /** Where the whole SDK takes part; a statement of the wire needs it as much. */
  clients?: MockedClients,
): Implementation {
  const inForce = new Set(rows);
  return runnerImplementation(
    name,
    (parts) => {
      const session = clients ? sessionOver(clients) : parts.session;
      return statedRunner(statedWorld({ ...parts, session }, (row) => inForce.has(row)));
    },
    // Where the original logs them, its statement may.
    { mayLogSecrets: true, clients: clients ?? noClients },
  );
}

/** It sends straight into the session: mocking clients that nobody uses would cost a third of a rehearsal. */
const noClients = { use: () => undefined } as unknown as MockedClients;

function statedRunner(world: StatedWorld): Runner {
  const turns = new Map<string, Promise<unknown>>();
  return {
    startTask: (ctx, userEmail, request) => startTask(world, ctx, userEmail, request),
    killTask: (ctx, executionId) => {
      if (!world.has('one-kill-is-enough')) return killTask(world, ctx, executionId);
      const kill = (): Promise<void> => killTask(world, ctx, executionId);
      const mine = (turns.get(executionId) ?? Promise.resolve()).then(kill, kill);
      turns.set(executionId, mine);
      return mine;
    },
    registerImage: (ctx, ...args) => registerImage(world, ctx, ...args),
    listImages: (ctx) => listImages(world, ctx),
    getImage: (ctx, image) => getImage(world, ctx, image),
    removeImage: (ctx, image) => removeImage(world, ctx, image),
    fetchLogsByExecutionId: (ctx, executionId) => fetchLogsByExecutionId(world, ctx, executionId),
    fetchBackendLogs: (ctx, requestId) => fetchBackendLogs(world, ctx, requestId),
  };
}
