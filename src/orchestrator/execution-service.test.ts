import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../contracts/index.js';
import type {
  Execution,
  ExecutionRepository,
  ImageRegistry,
  LogAggregator,
  LogEvent,
  SecretRepository,
  TaskExecutor,
} from '../contracts/index.js';
import { ExecutionService } from './execution-service.js';

const ctx = { requestId: 'request-1' };
const now = new Date('2026-11-24T08:00:00Z');

const running: Execution = {
  executionId: 'task-1',
  createdBy: 'ann@example.com',
  ownedBy: ['ann@example.com'],
  command: 'sleep 60',
  status: 'RUNNING',
  startedAt: now,
  exitCode: 0,
  createdByRequestId: 'request-0',
  modifiedByRequestId: 'request-0',
};

function createOptions() {
  return {
    executions: {
      createExecution: vi.fn<ExecutionRepository['createExecution']>().mockResolvedValue(undefined),
      findExecution: vi.fn<ExecutionRepository['findExecution']>().mockResolvedValue(running),
      transition: vi.fn<ExecutionRepository['transition']>().mockResolvedValue(true),
    },
    secrets: { findSecret: vi.fn<SecretRepository['findSecret']>().mockResolvedValue(undefined) },
    providerName: 'memory',
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    now: () => now,
  };
}

/** A backend on which every image is known and every task starts. */
function createFacets() {
  const taskExecutor = {
    startTask: vi.fn().mockResolvedValue({ executionId: 'task-1', createdAt: now }),
    killTask: vi.fn().mockResolvedValue(undefined),
  };
  const imageRegistry = { resolveImage: vi.fn().mockResolvedValue('alpine:3.18-ddecce05') };
  return { taskExecutor, imageRegistry, logAggregator: {}, backendObservability: {} };
}

describe('ExecutionService.run', () => {
  it('starts the command with its secrets and records it as starting', async () => {
    const options = createOptions();
    const facets = createFacets();
    options.secrets.findSecret.mockResolvedValue({
      name: 'deploy',
      keyName: 'DEPLOY_KEY',
      value: 'hush',
      createdBy: 'ann@example.com',
      updatedBy: 'ann@example.com',
      ownedBy: [],
      createdAt: now,
      updatedAt: now,
      createdByRequestId: '',
      modifiedByRequestId: '',
    });
    const service = new ExecutionService(
      facets.taskExecutor,
      facets.imageRegistry as unknown as ImageRegistry,
      facets.logAggregator as unknown as LogAggregator,
      options,
    );

    const execution = await service.run(ctx, 'ann@example.com', {
      command: 'make',
      image: 'alpine:3.18',
      env: { LEVEL: '1' },
      secrets: ['deploy'],
    });

    expect(facets.taskExecutor.startTask).toHaveBeenCalledWith(ctx, 'ann@example.com', {
      command: 'make',
      imageId: 'alpine:3.18-ddecce05',
      env: { LEVEL: '1', DEPLOY_KEY: 'hush' },
      secretVarNames: ['DEPLOY_KEY'],
      secrets: ['deploy'],
    });
    expect(execution).toEqual({
      executionId: 'task-1',
      createdBy: 'ann@example.com',
      ownedBy: ['ann@example.com'],
      command: 'make',
      status: 'STARTING',
      startedAt: now,
      exitCode: 0,
      createdByRequestId: 'request-1',
      modifiedByRequestId: 'request-1',
      cloud: 'memory',
    });
    expect(options.executions.createExecution).toHaveBeenCalledWith(expect.anything(), execution);
  });

  it('refuses an empty command before anything else happens', async () => {
    const options = createOptions();
    const facets = createFacets();
    const service = new ExecutionService(
      facets.taskExecutor,
      facets.imageRegistry as unknown as ImageRegistry,
      facets.logAggregator as unknown as LogAggregator,
      options,
    );

    const starting = service.run(ctx, 'ann@example.com', { command: '', secrets: ['deploy'] });

    await expect(starting).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: 'command is required',
    });
    expect(options.secrets.findSecret).not.toHaveBeenCalled();
    expect(facets.taskExecutor.startTask).not.toHaveBeenCalled();
  });

  it('starts nothing when a secret is not there', async () => {
    const options = createOptions();
    const facets = createFacets();
    const service = new ExecutionService(
      facets.taskExecutor,
      facets.imageRegistry as unknown as ImageRegistry,
      facets.logAggregator as unknown as LogAggregator,
      options,
    );

    const starting = service.run(ctx, 'ann@example.com', { command: 'make', secrets: ['unknown'] });

    await expect(starting).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(facets.taskExecutor.startTask).not.toHaveBeenCalled();
  });

  it('takes the time from the clock where the backend does not say', async () => {
    const options = createOptions();
    const facets = createFacets();
    facets.taskExecutor.startTask.mockResolvedValue({ executionId: 'task-1' });
    const service = new ExecutionService(
      facets.taskExecutor,
      facets.imageRegistry as unknown as ImageRegistry,
      facets.logAggregator as unknown as LogAggregator,
      options,
    );

    const execution = await service.run(ctx, 'ann@example.com', { command: 'make' });

    expect(execution.startedAt).toBe(now);
  });

  it('stops the task when it cannot be recorded', async () => {
    const options = createOptions();
    const facets = createFacets();
    const outage = new AppError('DATABASE_ERROR', 'the store did not answer');
    options.executions.createExecution.mockRejectedValue(outage);
    const service = new ExecutionService(
      facets.taskExecutor,
      facets.imageRegistry as unknown as ImageRegistry,
      facets.logAggregator as unknown as LogAggregator,
      options,
    );

    await expect(service.run(ctx, 'ann@example.com', { command: 'make' })).rejects.toBe(outage);

    expect(facets.taskExecutor.killTask).toHaveBeenCalledWith(
      expect.objectContaining({ requestId: 'request-1' }),
      'task-1',
    );
  });

  it('records the task although the caller has hung up meanwhile', async () => {
    const options = createOptions();
    const facets = createFacets();
    const hangUp = new AbortController();
    facets.taskExecutor.startTask.mockImplementation(async () => {
      hangUp.abort();
      return { executionId: 'task-1' };
    });
    const service = new ExecutionService(
      facets.taskExecutor,
      facets.imageRegistry as unknown as ImageRegistry,
      facets.logAggregator as unknown as LogAggregator,
      options,
    );

    await service.run({ ...ctx, signal: hangUp.signal }, 'ann@example.com', { command: 'make' });

    const recordedWith = options.executions.createExecution.mock.calls[0]?.[0];
    expect(recordedWith?.signal?.aborted).toBe(false);
  });
});

describe('ExecutionService.readLogs', () => {
  const events: LogEvent[] = [{ timestamp: 1, message: 'one', position: '1' }];
  const noLog = new AppError('SERVICE_UNAVAILABLE', 'log stream does not exist yet');

  it('gives the events with the record', async () => {
    const logAggregator = { fetchExecutionLogs: vi.fn().mockResolvedValue(events) };
    const service = new ExecutionService(
      {} as TaskExecutor,
      {} as ImageRegistry,
      logAggregator as unknown as LogAggregator,
      createOptions(),
    );

    await expect(service.readLogs(ctx, 'task-1')).resolves.toEqual({ execution: running, events });
    expect(logAggregator.fetchExecutionLogs).toHaveBeenCalledWith(ctx, 'task-1');
  });

  it('asks for no log of an execution that there is not', async () => {
    const options = createOptions();
    options.executions.findExecution.mockResolvedValue(undefined);
    const logAggregator = { fetchExecutionLogs: vi.fn() };
    const service = new ExecutionService(
      {} as TaskExecutor,
      {} as ImageRegistry,
      logAggregator as unknown as LogAggregator,
      options,
    );

    await expect(service.readLogs(ctx, 'unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(logAggregator.fetchExecutionLogs).not.toHaveBeenCalled();
  });

  it.each(['SUCCEEDED', 'FAILED', 'STOPPED'] as const)(
    'gives no events when a task that is %s never had a log',
    async (status) => {
      const options = createOptions();
      options.executions.findExecution.mockResolvedValue({ ...running, status });
      const logAggregator = { fetchExecutionLogs: vi.fn().mockRejectedValue(noLog) };
      const service = new ExecutionService(
        {} as TaskExecutor,
        {} as ImageRegistry,
        logAggregator as unknown as LogAggregator,
        options,
      );

      await expect(service.readLogs(ctx, 'task-1')).resolves.toMatchObject({ events: [] });
    },
  );

  it.each(['STARTING', 'RUNNING', 'TERMINATING'] as const)(
    'passes on that there is no log yet while the task is %s',
    async (status) => {
      const options = createOptions();
      options.executions.findExecution.mockResolvedValue({ ...running, status });
      const logAggregator = { fetchExecutionLogs: vi.fn().mockRejectedValue(noLog) };
      const service = new ExecutionService(
        {} as TaskExecutor,
        {} as ImageRegistry,
        logAggregator as unknown as LogAggregator,
        options,
      );

      await expect(service.readLogs(ctx, 'task-1')).rejects.toBe(noLog);
    },
  );

  it('passes on every other failure, ended or not', async () => {
    const options = createOptions();
    options.executions.findExecution.mockResolvedValue({ ...running, status: 'FAILED' });
    const broken = new AppError('INTERNAL_ERROR', 'failed to get log events');
    const logAggregator = { fetchExecutionLogs: vi.fn().mockRejectedValue(broken) };
    const service = new ExecutionService(
      {} as TaskExecutor,
      {} as ImageRegistry,
      logAggregator as unknown as LogAggregator,
      options,
    );

    await expect(service.readLogs(ctx, 'task-1')).rejects.toBe(broken);
  });
});

describe('ExecutionService.kill', () => {
  it.each(['STARTING', 'RUNNING'] as const)('stops a task that is %s and records it', async (status) => {
    const options = createOptions();
    options.executions.findExecution.mockResolvedValue({ ...running, status });
    const taskExecutor = { killTask: vi.fn().mockResolvedValue(undefined) };
    const service = new ExecutionService(
      taskExecutor as unknown as TaskExecutor,
      {} as ImageRegistry,
      {} as LogAggregator,
      options,
    );

    await expect(service.kill(ctx, 'task-1')).resolves.toBe(true);

    expect(taskExecutor.killTask).toHaveBeenCalledWith(ctx, 'task-1');
    expect(options.executions.transition).toHaveBeenCalledWith(expect.anything(), 'task-1', {
      from: ['STARTING', 'RUNNING'],
      to: 'TERMINATING',
      requestId: 'request-1',
    });
  });

  it.each(['TERMINATING', 'SUCCEEDED', 'FAILED', 'STOPPED'] as const)(
    'leaves an execution alone that is %s',
    async (status) => {
      const options = createOptions();
      options.executions.findExecution.mockResolvedValue({ ...running, status });
      const taskExecutor = { killTask: vi.fn() };
      const service = new ExecutionService(
        taskExecutor as unknown as TaskExecutor,
        {} as ImageRegistry,
        {} as LogAggregator,
        options,
      );

      await expect(service.kill(ctx, 'task-1')).resolves.toBe(false);

      expect(taskExecutor.killTask).not.toHaveBeenCalled();
      expect(options.executions.transition).not.toHaveBeenCalled();
    },
  );

  it('records nothing when the task cannot be stopped', async () => {
    const options = createOptions();
    const ended = new AppError('INVALID_REQUEST', 'task is already terminated or terminating');
    const taskExecutor = { killTask: vi.fn().mockRejectedValue(ended) };
    const service = new ExecutionService(
      taskExecutor as unknown as TaskExecutor,
      {} as ImageRegistry,
      {} as LogAggregator,
      options,
    );

    await expect(service.kill(ctx, 'task-1')).rejects.toBe(ended);
    expect(options.executions.transition).not.toHaveBeenCalled();
  });

  it('does not mind that the ending was recorded first', async () => {
    const options = createOptions();
    options.executions.transition.mockResolvedValue(false);
    const taskExecutor = { killTask: vi.fn().mockResolvedValue(undefined) };
    const service = new ExecutionService(
      taskExecutor as unknown as TaskExecutor,
      {} as ImageRegistry,
      {} as LogAggregator,
      options,
    );

    await expect(service.kill(ctx, 'task-1')).resolves.toBe(true);
  });
});
