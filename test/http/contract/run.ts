import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { expectSuccess, requestId } from '../expectations.js';
import { type Start, alpine, alpineId, emailOf, toSecond } from '../harness.js';
import { startNoting, taskCreatedAt } from '../start-noting.js';

/** Running commands (section 3.4 of the HTTP contract). */
export function runContract(start: Start): void {
  it('answers 202 with all four keys', async () => {
    const { api, tasks } = await startNoting(start);

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
    const { api } = await startNoting(start);

    await api.json('developer', 'POST', '/run', { body: { command: 'echo hello' } });

    const execution = await api.provider.executions.findExecution({}, 'task-1');
    expect(execution).toMatchObject({
      executionId: 'task-1',
      createdBy: emailOf('developer'),
      ownedBy: [emailOf('developer')],
      command: 'echo hello',
      exitCode: 0,
      createdByRequestId: requestId,
      cloud: api.provider.name,
    });
    expect(execution && toSecond(execution.startedAt)).toEqual(toSecond(taskCreatedAt));
    expect(execution?.completedAt).toBeUndefined();
  });

  it('takes the clock where the backend does not say when it made the task', async () => {
    const { api } = await startNoting(start);
    api.replace('taskExecutor', 'startTask', () => async () => ({ executionId: 'task-1' }));

    await api.json('developer', 'POST', '/run', { body: { command: 'true' } });

    const execution = await api.provider.executions.findExecution({}, 'task-1');
    expect(execution && toSecond(execution.startedAt)).toEqual(toSecond(api.now()));
  });

  it('hands every field of the request to the executor', async () => {
    const { api, tasks } = await startNoting(start);

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
    const { api, tasks } = await startNoting(start);

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
    const { api, tasks } = await startNoting(start);

    await api.json('developer', 'POST', '/run', { body: { command: 'true', ...image } });

    expect(tasks[0]?.imageId).toBe(alpineId);
  });

  it('loses no task when the client hangs up', async () => {
    const { api } = await startNoting(start);
    // As a store that lets itself be cancelled: what was begun for a client who has gone is finished all the same.
    api.replace('executions', 'createExecution', (original) => async (ctx, execution) => {
      ctx.signal?.throwIfAborted();
      await original(ctx, execution);
    });
    let release = (): void => undefined;
    const begun = new Promise<void>((resolveBegun) => {
      api.replace('taskExecutor', 'startTask', () => async () => {
        resolveBegun();
        await new Promise<void>((resolve) => (release = resolve));
        return { executionId: 'task-1', createdAt: taskCreatedAt };
      });
    });
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
    const { api, tasks } = await startNoting(start, {
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
