import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../contracts/index.js';
import { traceRequest } from './trace-request.js';

const ctx = { requestId: 'request-2' };

function createRecords() {
  return {
    images: { getImagesByRequestId: vi.fn().mockResolvedValue([]) },
    executions: { listExecutionsByRequestId: vi.fn().mockResolvedValue([]) },
    secrets: { listSecretsByRequestId: vi.fn().mockResolvedValue([]) },
    users: { listUsersByRequestId: vi.fn().mockResolvedValue([]) },
  };
}

describe('traceRequest', () => {
  it('brings together what was logged and what was changed', async () => {
    const backendObservability = {
      fetchBackendLogs: vi.fn().mockResolvedValue([{ timestamp: 1, message: 'served' }]),
    };
    const records = createRecords();
    const user = { email: 'ann@example.com' };
    records.users.listUsersByRequestId.mockResolvedValue([user]);

    const trace = await traceRequest({ backendObservability, ...records }, ctx, 'request-1');

    expect(trace).toEqual({
      logs: [{ timestamp: 1, message: 'served' }],
      executions: [],
      secrets: [],
      users: [user],
      images: [],
    });
    expect(backendObservability.fetchBackendLogs).toHaveBeenCalledWith(ctx, 'request-1');
    expect(records.images.getImagesByRequestId).toHaveBeenCalledWith(ctx, 'request-1');
  });

  it('is unavailable when the backend cannot be searched', async () => {
    const outage = new AppError('INTERNAL_ERROR', 'failed to discover log groups');
    const backendObservability = { fetchBackendLogs: vi.fn().mockRejectedValue(outage) };

    const tracing = traceRequest({ backendObservability, ...createRecords() }, ctx, 'request-1');

    await expect(tracing).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', cause: outage });
  });

  it('is unavailable when a record cannot be read', async () => {
    const backendObservability = { fetchBackendLogs: vi.fn().mockResolvedValue([]) };
    const records = createRecords();
    const outage = new AppError('DATABASE_ERROR', 'the store did not answer');
    records.images.getImagesByRequestId.mockRejectedValue(outage);

    const tracing = traceRequest({ backendObservability, ...records }, ctx, 'request-1');

    await expect(tracing).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', cause: outage });
  });
});
