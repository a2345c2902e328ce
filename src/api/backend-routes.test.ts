import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { createApp } from './app.js';
import type { Route } from './route.js';
import type {
  Execution,
  ImageInfo,
  ImageRegistry,
  LogAggregator,
  TaskExecutor,
  User,
} from '../contracts/index.js';
import { createExecutionRoutes } from './execution-routes.js';
import { createImageRoutes } from './image-routes.js';
import { createTraceRoutes } from './trace-routes.js';

const time = new Date('2026-11-24T08:00:00.900Z');
const ids = { createdByRequestId: 'request-0', modifiedByRequestId: 'request-0' };
const ann: User = {
  email: 'ann@example.com',
  role: 'operator',
  apiKeyHash: '',
  createdAt: time,
  revoked: false,
  ...ids,
};
const alpine: ImageInfo = {
  imageId: 'alpine:3.18-ddecce05',
  image: 'alpine:3.18',
  isDefault: true,
  cpu: 256,
  memory: 0,
  createdBy: '',
  ownedBy: ['ann@example.com'],
  createdAt: time,
  ...ids,
};
const running: Execution = {
  executionId: 'task-1',
  createdBy: 'ann@example.com',
  ownedBy: ['ann@example.com'],
  command: 'sleep 60',
  status: 'RUNNING',
  startedAt: time,
  exitCode: 0,
  ...ids,
};

/** Sends one request, as a user who may do everything, to an application that has these routes only. */
async function call(
  routes: readonly Route[],
  method: string,
  path: string,
  body?: object,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const app = createApp({
    routes,
    users: { findUserByApiKeyHash: async () => ann },
    authorizer: { isAllowed: async () => true, canUse: async () => true },
    lastUsed: { record: () => undefined, settled: async () => undefined },
    logger: pino({ level: 'silent' }),
    newRequestId: () => 'request-1',
    elapsed: () => 0,
    corsAllowedOrigins: [],
    requestTimeoutMs: 0,
  });
  const server = app.listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: { 'X-API-Key': 'any' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const ctx = expect.objectContaining({ requestId: 'request-1' }) as object;

describe('the routes of images', () => {
  it('register an image with what the body says', async () => {
    const imageRegistry = { registerImage: vi.fn() };
    const routes = createImageRoutes({ imageRegistry: imageRegistry as unknown as ImageRegistry });

    const answer = await call(routes, 'POST', '/images/register', {
      image: 'alpine:3.18',
      is_default: true,
      cpu: 1024,
      runtime_platform: 'Linux/X86_64',
    });

    expect(answer).toEqual({
      status: 201,
      body: { image: 'alpine:3.18', message: 'Image registered successfully' },
    });
    expect(imageRegistry.registerImage).toHaveBeenCalledWith(ctx, {
      image: 'alpine:3.18',
      isDefault: true,
      permissions: {},
      resources: { cpu: 1024 },
      runtime: { platform: 'Linux/X86_64' },
      registeredBy: 'ann@example.com',
    });
  });

  it('show an image in whole seconds and without what is empty', async () => {
    const imageRegistry = { getImage: vi.fn().mockResolvedValue(alpine) };
    const routes = createImageRoutes({ imageRegistry: imageRegistry as unknown as ImageRegistry });

    const answer = await call(routes, 'GET', '/images/docker.io%2Falpine:3.18');

    expect(answer.body).toEqual({
      image_id: 'alpine:3.18-ddecce05',
      image: 'alpine:3.18',
      is_default: true,
      cpu: 256,
      owned_by: ['ann@example.com'],
      created_at: '2026-11-24T08:00:00Z',
      created_by_request_id: 'request-0',
      modified_by_request_id: 'request-0',
    });
    expect(imageRegistry.getImage).toHaveBeenCalledWith(ctx, 'docker.io/alpine:3.18');
  });

  it('list and remove images', async () => {
    const imageRegistry = { listImages: vi.fn().mockResolvedValue([]), removeImage: vi.fn() };
    const routes = createImageRoutes({ imageRegistry: imageRegistry as unknown as ImageRegistry });

    const list = await call(routes, 'GET', '/images');
    const removal = await call(routes, 'DELETE', '/images/alpine:3.18-ddecce05');

    expect(list.body).toEqual({ images: [] });
    expect(removal).toEqual({
      status: 200,
      body: { image: 'alpine:3.18-ddecce05', message: 'Image removed successfully' },
    });
    expect(imageRegistry.removeImage).toHaveBeenCalledWith(ctx, 'alpine:3.18-ddecce05');
  });
});

describe('the routes of executions', () => {
  function createRecords(execution: Execution) {
    return {
      executions: {
        createExecution: vi.fn(),
        findExecution: vi.fn().mockResolvedValue(execution),
        transition: vi.fn().mockResolvedValue(true),
      },
      secrets: { findSecret: vi.fn() },
      streamTokens: { createStreamToken: vi.fn() },
      providerName: 'memory',
      log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
      now: () => time,
      randomBytes: (size: number) => Buffer.alloc(size),
    };
  }

  it('answer a log with the way to follow it, where a reader is told to begin', async () => {
    const records = createRecords(running);
    const events = [{ timestamp: 1, message: 'one', position: '7', stream: 'stdout' }];
    const logAggregator = { fetchExecutionLogs: vi.fn().mockResolvedValue(events) };
    const routes = createExecutionRoutes({
      taskExecutor: {} as TaskExecutor,
      imageRegistry: {} as ImageRegistry,
      logAggregator: logAggregator as unknown as LogAggregator,
      publicUrl: 'https://run.example.com',
      ...records,
    });

    const answer = await call(routes, 'GET', '/executions/task-1/logs');

    const token = 'A'.repeat(32);
    expect(answer.body).toEqual({
      execution_id: 'task-1',
      events: [{ timestamp: 1, message: 'one' }],
      status: 'RUNNING',
      websocket_url: `wss://run.example.com/api/v1/stream?execution_id=task-1&token=${token}`,
    });
    expect(records.streamTokens.createStreamToken).toHaveBeenCalledWith(
      ctx,
      expect.objectContaining({ token, executionId: 'task-1', position: '7', createdBy: 'ann@example.com' }),
    );
  });

  it('answer a log without a way to follow it when no token can be kept', async () => {
    const records = createRecords(running);
    records.streamTokens.createStreamToken.mockRejectedValue(new Error('the store did not answer'));
    const logAggregator = { fetchExecutionLogs: vi.fn().mockResolvedValue([]) };
    const routes = createExecutionRoutes({
      taskExecutor: {} as TaskExecutor,
      imageRegistry: {} as ImageRegistry,
      logAggregator: logAggregator as unknown as LogAggregator,
      ...records,
    });

    const answer = await call(routes, 'GET', '/executions/task-1/logs');

    expect(answer).toEqual({
      status: 200,
      body: { execution_id: 'task-1', events: [], status: 'RUNNING' },
    });
    expect(records.log.warn).toHaveBeenCalledTimes(1);
  });

  it('answer a kill with what was begun, or with nothing when there is nothing to do', async () => {
    const taskExecutor = { killTask: vi.fn() };
    const open = createExecutionRoutes({
      taskExecutor: taskExecutor as unknown as TaskExecutor,
      imageRegistry: {} as ImageRegistry,
      logAggregator: {} as LogAggregator,
      ...createRecords(running),
    });
    const over = createExecutionRoutes({
      taskExecutor: taskExecutor as unknown as TaskExecutor,
      imageRegistry: {} as ImageRegistry,
      logAggregator: {} as LogAggregator,
      ...createRecords({ ...running, status: 'STOPPED' }),
    });

    expect(await call(open, 'DELETE', '/executions/task-1')).toEqual({
      status: 200,
      body: { execution_id: 'task-1', message: 'Execution termination initiated' },
    });
    expect(await call(over, 'DELETE', '/executions/task-1')).toEqual({ status: 204, body: undefined });
    expect(taskExecutor.killTask).toHaveBeenCalledTimes(1);
  });
});

describe('the route of traces', () => {
  it('leaves out what a request did not touch', async () => {
    const backendObservability = {
      fetchBackendLogs: vi.fn().mockResolvedValue([{ timestamp: 1, message: 'served', position: '1' }]),
    };
    const routes = createTraceRoutes({
      backendObservability,
      images: { getImagesByRequestId: vi.fn().mockResolvedValue([]) },
      executions: { listExecutionsByRequestId: vi.fn().mockResolvedValue([running]) },
      secrets: { listSecretsByRequestId: vi.fn().mockResolvedValue([]) },
      users: { listUsersByRequestId: vi.fn().mockResolvedValue([]) },
    });

    const answer = await call(routes, 'GET', '/trace/request-0');

    expect(answer.body).toEqual({
      logs: [{ timestamp: 1, message: 'served' }],
      related_resources: { executions: [expect.objectContaining({ execution_id: 'task-1' })] },
    });
    expect(backendObservability.fetchBackendLogs).toHaveBeenCalledWith(ctx, 'request-0');
  });
});
