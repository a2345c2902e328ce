// The existing API as `npm run start:legacy` serves it, over the local provider in a directory of its own. Only the child process
// is left out: starting one costs the same whoever asks for it.
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { multistream, pino } from 'pino';
import { composeLegacyApi } from '../legacy/compose.js';
import { createApp } from '../src/api/app.js';
import { createLastUsedRecorder } from '../src/api/last-used.js';
import type { TaskExecutor, TaskObserver } from '../src/contracts/index.js';
import { createFirstAdmin } from '../src/orchestrator/create-first-admin.js';
import { createLocalProvider } from '../src/providers/local/index.js';
import { serveMeasured } from './measured-server.js';

const stateDirectory = mkdtempSync(join(tmpdir(), 'refacet-bench-'));
process.once('exit', () => {
  rmSync(stateDirectory, { recursive: true, force: true });
});

const now = (): Date => new Date();
const newHexId = (): string => randomBytes(16).toString('hex');
const key = 'key-of-the-benchmark';

const taskExecutor: TaskExecutor = {
  startTask: async () => ({ executionId: newHexId(), createdAt: now() }),
  killTask: async () => undefined,
};
const taskObserver: TaskObserver = {
  describeTasks: async () => new Map(),
  async *watchTasks() {},
  async *listTasks() {},
};
const local = await createLocalProvider({ stateDirectory, now, nextId: newHexId, isolation: 'none' });
const provider = { ...local, taskExecutor, taskObserver };

const level = 'info';
const logger = pino(
  { level },
  multistream([
    { level, stream: { write: () => undefined } },
    { level, stream: local.backendLog },
  ]),
);

const ctx = { requestId: newHexId() };
const admin = { email: 'admin@example.com', apiKey: key };
await createFirstAdmin({ users: provider.users, now, randomBytes }, ctx, admin);
await provider.imageRegistry.registerImage(ctx, { image: 'alpine:3.18', registeredBy: admin.email });
const executionIds = Array.from({ length: 10 }, newHexId);
for (const executionId of executionIds) {
  await provider.executions.createExecution(ctx, {
    executionId,
    createdBy: admin.email,
    ownedBy: [admin.email],
    command: 'echo hello',
    status: 'SUCCEEDED',
    startedAt: now(),
    completedAt: now(),
    exitCode: 0,
    durationSeconds: 1,
    createdByRequestId: ctx.requestId,
    modifiedByRequestId: ctx.requestId,
    cloud: provider.name,
  });
}

const api = composeLegacyApi({
  provider,
  logger,
  now,
  elapsed: () => performance.now(),
  randomBytes,
  version: 'bench',
});
const app = createApp({
  ...api,
  users: provider.users,
  lastUsed: createLastUsedRecorder({ users: provider.users, logger, now }),
  corsAllowedOrigins: [],
  requestTimeoutMs: 60_000,
});
serveMeasured(
  createServer(app),
  {
    status: `/api/v1/executions/${executionIds[0] ?? ''}/status`,
    list: '/api/v1/executions',
    run: '/api/v1/run',
  },
  key,
);
