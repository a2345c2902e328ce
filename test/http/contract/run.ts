import { describe, expect, it, vi } from 'vitest';
import { AppError, type TaskRequest } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure, requestId } from '../expectations.js';
import { type Api, type Arrangement, type Start, alpine, alpineId, emailOf } from '../harness.js';

const resolving = 'failed to resolve image';
const running = 'failed to run command';
const outage = new AppError('DATABASE_ERROR', 'the store did not answer', {
  cause: new Error('planted-cause'),
});
const createdAt = new Date('2026-03-04T05:06:07.123Z');

/** Section 3.4 of the HTTP contract. */
export function runContract(start: Start): void {
  /** An API whose tasks are only noted, as `task-1`. */
  const startNoting = async (arrangement?: Arrangement): Promise<{ api: Api; tasks: TaskRequest[] }> => {
    const api = await start(arrangement);
    const tasks: TaskRequest[] = [];
    api.replace('taskExecutor', 'startTask', () => (_ctx, _email, request) => {
      tasks.push(request);
      return Promise.resolve({ executionId: `task-${tasks.length}`, createdAt });
    });
    return { api, tasks };
  };

  it('answers 202 with all four keys', async () => {
    const { api, tasks } = await startNoting();

    expectSuccess(await api.call('developer', 'POST', '/run', { body: { command: 'echo hello' } }), 202, {
      execution_id: 'task-1',
      log_url: '',
      status: 'STARTING',
      image_id: alpineId,
    });
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ command: 'echo hello', imageId: alpineId });
  });

  it('records the execution under the caller and the request', async () => {
    const { api } = await startNoting();

    await api.json('developer', 'POST', '/run', { body: { command: 'echo hello' } });

    const execution = await api.provider.executions.findExecution({}, 'task-1');
    expect(execution).toMatchObject({
      executionId: 'task-1',
      createdBy: emailOf('developer'),
      ownedBy: [emailOf('developer')],
      command: 'echo hello',
      startedAt: createdAt,
      exitCode: 0,
      createdByRequestId: requestId,
      cloud: api.provider.name,
    });
    expect(execution?.completedAt).toBeUndefined();
  });

  it('takes the clock where the backend does not say when it made the task', async () => {
    const { api } = await startNoting();
    api.replace('taskExecutor', 'startTask', () => async () => ({ executionId: 'task-1' }));

    await api.json('developer', 'POST', '/run', { body: { command: 'true' } });

    expect(await api.provider.executions.findExecution({}, 'task-1')).toMatchObject({ startedAt: api.now() });
  });

  it('hands every field of the request to the executor', async () => {
    const { api, tasks } = await startNoting();

    await api.json('developer', 'POST', '/run', {
      body: {
        command: ' spaces \n and lines ',
        image: 'alpine:3.18',
        env: { A: '1', EMPTY: '' },
        git_repo: 'https://example.com/r.git',
        git_ref: 'v1',
        git_path: 'a/b',
        timeout: 30,
      },
    });

    expect(tasks[0]).toMatchObject({
      command: ' spaces \n and lines ',
      imageId: alpineId,
      env: { A: '1', EMPTY: '' },
      gitRepo: 'https://example.com/r.git',
      gitRef: 'v1',
      gitPath: 'a/b',
      timeout: 30,
    });
  });

  it('never reads the list of secret variables from the wire', async () => {
    const { api, tasks } = await startNoting();

    await api.json('developer', 'POST', '/run', {
      body: { command: 'true', secretVarNames: ['A'], secret_var_names: ['A'], env: { A: '1' } },
    });

    expect(tasks[0]?.secretVarNames ?? []).toEqual([]);
  });

  it.each([
    ['absent', {}],
    ['empty', { image: '' }],
    ['null', { image: null }],
    ['a reference', { image: 'alpine:3.18' }],
    ['a reference with its registry', { image: 'docker.io/alpine:3.18' }],
    ['an ID', { image: alpineId }],
  ])('runs on the image when it is %s', async (_, image) => {
    const { api, tasks } = await startNoting();

    await api.json('developer', 'POST', '/run', { body: { command: 'true', ...image } });

    expect(tasks[0]?.imageId).toBe(alpineId);
  });

  describe('an image that cannot be had', () => {
    it('is none, with no default', async () => {
      const { api, tasks } = await startNoting({ images: [] });

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(400, 'INVALID_REQUEST', resolving, 'no image specified and no default image configured'),
      );
      expect(tasks).toEqual([]);
    });

    it('is unknown', async () => {
      const { api, tasks } = await startNoting();

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true', image: 'unknown:1' } }),
        failure(404, 'NOT_FOUND', resolving, 'image not found: unknown:1'),
      );
      expect(tasks).toEqual([]);
    });

    it('cannot be looked up', async () => {
      const { api, tasks } = await startNoting();
      api.fail('imageRegistry', 'getImage', new Error('planted-internal-text'));

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(500, 'INTERNAL_ERROR', resolving, /^(?!.*planted)/),
      );
      expect(tasks).toEqual([]);
    });

    it('cannot be read from the store', async () => {
      const { api } = await startNoting();
      api.fail('imageRegistry', 'getImage', outage);

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(503, 'DATABASE_ERROR', resolving, 'the store did not answer'),
      );
    });
  });

  describe('an empty command', () => {
    it.each([{}, { command: '' }, { command: null }, null])('is refused: %j', async (body) => {
      const { api, tasks } = await startNoting();

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: JSON.stringify(body) }),
        failure(400, 'INVALID_REQUEST', running, 'command is required'),
      );
      expect(tasks).toEqual([]);
    });

    it('is refused before the image is looked up', async () => {
      const { api } = await startNoting({ images: [] });
      const before = api.calls('imageRegistry', 'getImage').length;

      expectFailure(
        await api.call('admin', 'POST', '/run', {
          body: { command: '', image: 'unknown:1', secrets: [' '] },
        }),
        failure(400, 'INVALID_REQUEST', running, 'command is required'),
      );
      expect(api.calls('imageRegistry', 'getImage')).toHaveLength(before);
    });

    it('is not a command of blanks', async () => {
      const { api, tasks } = await startNoting();

      await api.json('admin', 'POST', '/run', { body: { command: '  ' } });

      expect(tasks[0]?.command).toBe('  ');
    });
  });

  describe('secrets', () => {
    it('become variables under their key names, trimmed and once each', async () => {
      const { api, tasks } = await startNoting();
      await api.addSecret({ name: 'one', keyName: 'ONE', value: '1' });
      await api.addSecret({ name: 'two', keyName: 'TWO', value: '2' });

      await api.json('developer', 'POST', '/run', {
        body: { command: 'true', secrets: ['one', ' two ', 'one'], env: { OTHER: 'x' } },
      });

      expect(tasks[0]?.env).toEqual({ ONE: '1', TWO: '2', OTHER: 'x' });
      expect(new Set(tasks[0]?.secretVarNames)).toEqual(new Set(['ONE', 'TWO']));
    });

    it('give way to a variable of the request', async () => {
      const { api, tasks } = await startNoting();
      await api.addSecret({ name: 'one', keyName: 'ONE', value: 'from-the-secret' });

      await api.json('developer', 'POST', '/run', {
        body: { command: 'true', secrets: ['one'], env: { ONE: 'from-the-request' } },
      });

      expect(tasks[0]?.env).toEqual({ ONE: 'from-the-request' });
    });

    it('are also variables whose names say so', async () => {
      const { api, tasks } = await startNoting();
      const telling = [
        'MY_ACCESS_KEY',
        'api_key',
        'x_Api_Secret_y',
        'GITHUB_SECRET',
        'GITHUB_TOKEN',
        'password1',
        'PRIVATE_KEY',
        'SECRET_KEY',
        'nosecrets',
        'TOKENS',
      ];
      const env = Object.fromEntries(
        [...telling, 'KEY', 'PASS', 'ACCESS', 'HOME'].map((name) => [name, 'x']),
      );

      await api.json('developer', 'POST', '/run', { body: { command: 'true', env } });

      expect(new Set(tasks[0]?.secretVarNames)).toEqual(new Set(telling));
    });

    it.each([
      [
        'a blank name',
        ['one', ' '],
        failure(400, 'INVALID_REQUEST', running, 'secret names cannot be empty'),
      ],
      ['an empty name', [''], failure(400, 'INVALID_REQUEST', running, 'secret names cannot be empty')],
      ['an unknown name', ['one', 'unknown'], failure(400, 'INVALID_REQUEST', running, 'secret not found')],
    ])('with %s are refused', async (_, secrets, expected) => {
      const { api, tasks } = await startNoting();
      await api.addSecret({ name: 'one', keyName: 'ONE', value: '1' });

      expectFailure(
        await api.call('developer', 'POST', '/run', { body: { command: 'true', secrets } }),
        expected,
      );
      expect(tasks).toEqual([]);
    });

    it('that cannot be fetched are an error, never an empty variable', async () => {
      const { api, tasks } = await startNoting();
      await api.addSecret({ name: 'one', keyName: 'ONE', value: '1' });
      api.fail('secrets', 'findSecret', new AppError('INTERNAL_ERROR', 'the value cannot be read'));

      expectFailure(
        await api.call('developer', 'POST', '/run', { body: { command: 'true', secrets: ['one'] } }),
        failure(500, 'INTERNAL_ERROR', running, /^get secret "one"|^the value cannot be read$/),
      );
      expect(tasks).toEqual([]);
    });

    it('without a key name are an error', async () => {
      const { api, tasks } = await startNoting();
      await api.addSecret({ name: 'one', keyName: '', value: '1' });

      expectFailure(
        await api.call('developer', 'POST', '/run', { body: { command: 'true', secrets: ['one'] } }),
        failure(500, 'INTERNAL_ERROR', running, 'missing key name'),
      );
      expect(tasks).toEqual([]);
    });
  });

  describe('a task that cannot be started', () => {
    it('leaves no record', async () => {
      const { api } = await startNoting();
      api.fail('taskExecutor', 'startTask', new AppError('INTERNAL_ERROR', 'failed to start task'));

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(500, 'INTERNAL_ERROR', running, 'failed to start task'),
      );
      expect(await api.json('admin', 'GET', '/executions')).toEqual([]);
    });

    it('is told without a code and without the text when nobody classified why', async () => {
      const { api } = await startNoting();
      api.fail('taskExecutor', 'startTask', new Error('spawn ENOENT planted-internal-text'));

      const answer = await api.call('admin', 'POST', '/run', { body: { command: 'true' } });

      expect(answer.status).toBe(500);
      expect(JSON.parse(answer.text)).toMatchObject({ error: running });
      expect(JSON.parse(answer.text)).not.toHaveProperty('code');
      expect(answer.text).not.toContain('planted-internal-text');
    });

    it('is a request that the executor refuses', async () => {
      const { api } = await startNoting();
      api.fail('taskExecutor', 'startTask', new AppError('INVALID_REQUEST', 'command exceeds 128 KiB'));

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(400, 'INVALID_REQUEST', running, 'command exceeds 128 KiB'),
      );
    });
  });

  describe('a record that cannot be written', () => {
    it.each([
      ['the store is out', outage, failure(503, 'DATABASE_ERROR', running, 'the store did not answer')],
      [
        'the ID exists',
        new AppError('CONFLICT', 'execution already exists'),
        failure(409, 'CONFLICT', running, 'execution already exists'),
      ],
    ])(
      'because %s: the task is stopped, since the caller was told that it failed',
      async (_, error, expected) => {
        const { api } = await startNoting();
        const killed: string[] = [];
        api.replace(
          'taskExecutor',
          'killTask',
          () => async (_ctx, executionId) => void killed.push(executionId),
        );
        api.fail('executions', 'createExecution', error);

        expectFailure(await api.call('admin', 'POST', '/run', { body: { command: 'true' } }), expected);
        expect(killed).toEqual(['task-1']);
      },
    );
  });

  it('loses no task when the client hangs up', async () => {
    const { api } = await startNoting();
    let release = (): void => undefined;
    const begun = new Promise<void>((resolveBegun) => {
      api.replace('taskExecutor', 'startTask', () => async () => {
        resolveBegun();
        await new Promise<void>((resolve) => (release = resolve));
        return { executionId: 'task-1', createdAt };
      });
    });
    const { connect } = await import('node:net');
    const socket = connect(api.port, '127.0.0.1');
    const body = '{"command":"true"}';
    socket.write(
      `POST /api/v1/run HTTP/1.1\r\nHost: x\r\nX-API-Key: key-of-the-admin-0123456789\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await begun;

    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    release();

    await vi.waitFor(async () => {
      expect(await api.provider.executions.findExecution({}, 'task-1')).toBeDefined();
    });
  });

  it('asks for the image with every form of its name in one request after another', async () => {
    const { api, tasks } = await startNoting({
      images: [alpine, { image: 'ghcr.io/owner/tool:1', registeredBy: emailOf('admin') }],
    });

    for (const image of ['ghcr.io/owner/tool:1', 'alpine:3.18'])
      await api.json('developer', 'POST', '/run', { body: { command: 'true', image } });

    expect(tasks.map(({ imageId }) => imageId.replace(/-[0-9a-f]{8}$/, ''))).toEqual([
      'owner/tool:1',
      'alpine:3.18',
    ]);
  });
}
