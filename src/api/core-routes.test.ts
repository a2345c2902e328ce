import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import type {
  HealthReconciler,
  HealthReport,
  PendingKey,
  Secret,
  TaskState,
  User,
} from '../contracts/index.js';
import { hashApiKey } from '../orchestrator/api-key.js';
import { createAuthorizer } from '../orchestrator/authorize.js';
import { createExecutionsDouble, someExecution } from '../orchestrator/executions.double.js';
import { createApp } from './app.js';
import { createCoreRoutes } from './core-routes.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const now = (): Date => new Date('2026-01-01T10:00:00.250Z');
const person = (role: 'admin' | 'developer'): User => ({
  email: `${role}@example.com`,
  role,
  apiKeyHash: hashApiKey(role),
  createdAt: new Date('2026-01-01T00:00:00.100Z'),
  revoked: false,
  createdByRequestId: '',
  modifiedByRequestId: '',
});

const report: HealthReport = {
  timestamp: new Date('2026-01-01T10:00:00Z'),
  computeStatus: {
    totalResources: 1,
    verifiedCount: 1,
    recreatedCount: 0,
    tagUpdatedCount: 0,
    orphanedCount: 1,
    orphanedResources: ['task-9'],
  },
  secretsStatus: {
    totalSecrets: 0,
    verifiedCount: 0,
    tagUpdatedCount: 0,
    missingCount: 0,
    orphanedCount: 0,
    orphanedParameters: [],
  },
  identityStatus: {
    defaultRolesVerified: true,
    customRolesVerified: 0,
    customRolesTotal: 0,
    missingRoles: [],
  },
  issues: [
    { resourceType: 'task', resourceId: 'task-9', severity: 'error', message: 'orphaned', action: 'stopped' },
    { resourceType: 'task', resourceId: 'task-8', severity: 'warning', message: 'slow', action: 'none' },
  ],
  reconciledCount: 1,
};

const reconciling = { healthReconciler: { reconcile: async () => report } };

/** The core routes over records in memory. */
async function start({
  healthReconciler,
}: { readonly healthReconciler?: HealthReconciler | undefined } = reconciling) {
  const users = [person('admin'), person('developer')];
  const secrets = new Map<string, Secret>();
  const pendingKeys = new Map<string, PendingKey>();
  const states = new Map<string, TaskState>();
  const executions = createExecutionsDouble();
  const logger = pino({ level: 'silent' });
  let counter = 0;

  const userRecords = {
    findUserByApiKeyHash: async (_ctx: unknown, hash: string) => users.find((one) => one.apiKeyHash === hash),
    findUserByEmail: async (_ctx: unknown, email: string) => users.find((one) => one.email === email),
    listUsers: async () => users,
    createUser: async (_ctx: unknown, user: User) => void users.push(user),
    revokeUser: async () => undefined,
    removeExpiry: async () => undefined,
    recordLastUsed: async () => undefined,
  };
  const existing = (name: string): Secret => {
    const secret = secrets.get(name);
    if (secret === undefined) throw new AppError('SECRET_NOT_FOUND', 'secret not found');
    return secret;
  };
  const secretRecords = {
    createSecret: async (_ctx: unknown, secret: Secret) => {
      if (secrets.has(secret.name)) throw new AppError('SECRET_ALREADY_EXISTS', 'secret already exists');
      secrets.set(secret.name, secret);
    },
    findSecret: async (_ctx: unknown, name: string) => secrets.get(name),
    findSecretMetadata: async (_ctx: unknown, name: string) => secrets.get(name),
    listSecrets: async () => [...secrets.values()],
    updateSecret: async (_ctx: unknown, name: string, { value }: { value?: string | undefined }) =>
      void secrets.set(name, { ...existing(name), ...(value === undefined ? {} : { value }) }),
    deleteSecret: async (_ctx: unknown, name: string) => void secrets.delete(existing(name).name),
  };

  const routes = createCoreRoutes({
    version: '1.2.3',
    healthReconciler,
    users: userRecords,
    pendingKeys: {
      createPendingKey: async (_ctx, key) => void pendingKeys.set(key.token, key),
      findPendingKey: async (_ctx, token) => pendingKeys.get(token),
      markViewed: async (_ctx, token) => void pendingKeys.delete(token),
    },
    secrets: secretRecords,
    executions,
    taskObserver: { describeTasks: async () => states },
    log: logger,
    now,
    randomBytes: (size) => Buffer.alloc(size, (counter += 1)),
    newRequestId: () => 'follower',
  });
  const server = createServer(
    createApp({
      routes,
      users: userRecords,
      authorizer: createAuthorizer({
        executions,
        secrets: secretRecords,
        imageRegistry: { getImage: () => Promise.reject(new AppError('NOT_FOUND', 'image not found')) },
      }),
      lastUsed: { record: () => undefined, settled: async () => undefined },
      logger,
      newRequestId: () => 'request',
      elapsed: () => 0,
      corsAllowedOrigins: [],
      requestTimeoutMs: 0,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );

  /** Asks, and resolves to the status and the parsed body. */
  const ask = (
    key: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<readonly [number, unknown]> =>
    new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path: `/api/v1${path}`,
          headers: { 'X-API-Key': key },
          agent: false,
        },
        (incoming) => {
          let text = '';
          incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
          incoming.on('end', () => resolve([incoming.statusCode ?? 0, JSON.parse(text) as unknown]));
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return { ask, users, secrets, executions, states };
}

describe('health', () => {
  it('is told to anybody', async () => {
    const { ask } = await start();

    expect(await ask('', 'GET', '/health')).toEqual([200, { status: 'ok', version: '1.2.3' }]);
  });

  it('is reported in snake case, with the errors counted', async () => {
    const { ask } = await start();

    const [status, body] = await ask('admin', 'POST', '/health/reconcile');

    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ok',
      report: {
        timestamp: '2026-01-01T10:00:00Z',
        compute_status: { total_resources: 1, orphaned_count: 1, orphaned_resources: ['task-9'] },
        secrets_status: { total_secrets: 0, orphaned_parameters: [] },
        identity_status: { default_roles_verified: true, missing_roles: [] },
        issues: [
          { resource_type: 'task', resource_id: 'task-9', severity: 'error' },
          { severity: 'warning' },
        ],
        reconciled_count: 1,
        error_count: 1,
      },
    });
  });

  it.each([undefined, { reconcile: async () => undefined as unknown as HealthReport }])(
    'is an error without a report (%#)',
    async (healthReconciler) => {
      const { ask } = await start({ healthReconciler });

      expect(await ask('admin', 'POST', '/health/reconcile')).toEqual([
        500,
        { error: 'health report is nil', details: 'health reconciliation returned no report' },
      ]);
    },
  );
});

describe('users', () => {
  it('are created with a claim token, and claimed once', async () => {
    const { ask } = await start();

    const [status, created] = await ask('admin', 'POST', '/users/create', {
      email: 'new@example.com',
      role: 'viewer',
      api_key: 'chosen',
    });
    expect(status).toBe(201);
    expect(created).toEqual({
      user: {
        email: 'new@example.com',
        role: 'viewer',
        created_at: '2026-01-01T10:00:00.25Z',
        revoked: false,
        created_by_request_id: 'request',
        modified_by_request_id: 'request',
      },
      claim_token: expect.stringMatching(/^[\w-]{32}$/) as string,
    });

    const claim = `/claim/${(created as { claim_token: string }).claim_token}`;
    expect(await ask('', 'GET', claim)).toEqual([
      200,
      { api_key: 'chosen', user_email: 'new@example.com', message: 'API key claimed successfully' },
    ]);
    expect(await ask('', 'GET', claim)).toEqual([
      404,
      { error: 'failed to claim API key', code: 'NOT_FOUND', details: 'invalid or expired token' },
    ]);
  });

  it('are listed without keys and hashes', async () => {
    const { ask } = await start();

    const [status, body] = await ask('admin', 'GET', '/users');

    expect(status).toBe(200);
    expect(body).toMatchObject({
      users: [{ email: 'admin@example.com' }, { email: 'developer@example.com' }],
    });
    expect(JSON.stringify(body)).not.toMatch(/hash|key/i);
  });

  it('are revoked by e-mail', async () => {
    const { ask } = await start();

    expect(await ask('admin', 'POST', '/users/revoke', { email: 'developer@example.com' })).toEqual([
      200,
      { message: 'user API key revoked successfully', email: 'developer@example.com' },
    ]);
    expect(await ask('admin', 'POST', '/users/revoke', {})).toEqual([
      400,
      { error: 'failed to revoke user', code: 'INVALID_REQUEST', details: 'email is required' },
    ]);
  });
});

describe('secrets', () => {
  const body = { name: 'db', key_name: 'DSN', value: 'postgres', description: '' };

  it('are created, shown with and listed without their value, changed and deleted', async () => {
    const { ask } = await start();

    expect(await ask('developer', 'POST', '/secrets', body)).toEqual([
      201,
      { message: 'Secret created successfully' },
    ]);
    const metadata = {
      name: 'db',
      key_name: 'DSN',
      created_by: 'developer@example.com',
      owned_by: ['developer@example.com'],
      updated_by: 'developer@example.com',
      created_at: '2026-01-01T10:00:00.25Z',
      updated_at: '2026-01-01T10:00:00.25Z',
      created_by_request_id: 'request',
      modified_by_request_id: 'request',
    };
    expect(await ask('developer', 'GET', '/secrets/db')).toEqual([
      200,
      { secret: { ...metadata, value: 'postgres' } },
    ]);
    expect(await ask('admin', 'GET', '/secrets')).toEqual([200, { secrets: [metadata], total: 1 }]);
    expect(await ask('developer', 'PUT', '/secrets/db', { value: 'new' })).toEqual([
      200,
      { message: 'Secret updated successfully' },
    ]);
    expect(await ask('developer', 'GET', '/secrets/db')).toMatchObject([200, { secret: { value: 'new' } }]);
    expect(await ask('developer', 'DELETE', '/secrets/db')).toEqual([
      200,
      { name: 'db', message: 'Secret deleted successfully' },
    ]);
  });

  it('fail in the words of the store', async () => {
    const { ask } = await start();
    const unknown = { error: 'secret not found', code: 'SECRET_NOT_FOUND', details: 'secret not found' };
    await ask('admin', 'POST', '/secrets', body);

    expect(await ask('admin', 'POST', '/secrets', body)).toEqual([
      409,
      { error: 'secret already exists', code: 'SECRET_ALREADY_EXISTS', details: 'secret already exists' },
    ]);
    expect(await ask('admin', 'GET', '/secrets/x')).toEqual([404, unknown]);
    expect(await ask('admin', 'PUT', '/secrets/x', {})).toEqual([404, unknown]);
    expect(await ask('admin', 'DELETE', '/secrets/x')).toEqual([404, unknown]);
    expect(await ask('admin', 'DELETE', '/secrets/%20')).toEqual([
      400,
      { error: 'invalid name', details: 'name is required' },
    ]);
  });
});

describe('executions', () => {
  it('are listed with what is known of them', async () => {
    const { ask, executions } = await start();
    await executions.createExecution({}, someExecution({ startedAt: new Date('2026-01-01T10:00:00.900Z') }));

    expect(await ask('developer', 'GET', '/executions')).toEqual([
      200,
      [
        {
          execution_id: 'task-1',
          created_by: 'dev@example.com',
          owned_by: ['dev@example.com'],
          command: 'true',
          started_at: '2026-01-01T10:00:00Z',
          status: 'STARTING',
          exit_code: 0,
          created_by_request_id: 'request-1',
          modified_by_request_id: 'request-1',
        },
      ],
    ]);
  });

  it('have a status that is true by the time it is told', async () => {
    const { ask, executions, states } = await start();
    await executions.createExecution({}, someExecution());
    expect(await ask('admin', 'GET', '/executions/task-1/status')).toMatchObject([
      200,
      { status: 'STARTING', exit_code: null },
    ]);

    const endedAt = new Date('2026-01-01T10:00:09.900Z');
    states.set('task-1', { executionId: 'task-1', phase: 'ended', endedBy: 'exit', exitCode: 3, endedAt });

    expect(await ask('admin', 'GET', '/executions/task-1/status')).toEqual([
      200,
      {
        execution_id: 'task-1',
        status: 'FAILED',
        started_at: '2026-01-01T10:00:00Z',
        completed_at: '2026-01-01T10:00:09Z',
        exit_code: 3,
      },
    ]);
  });

  it('are named in the sentence when they are unknown', async () => {
    const { ask } = await start();

    expect(await ask('admin', 'GET', '/executions/x/status')).toEqual([
      404,
      {
        error: 'failed to get execution status for executionID x',
        code: 'NOT_FOUND',
        details: 'execution not found',
      },
    ]);
  });
});
