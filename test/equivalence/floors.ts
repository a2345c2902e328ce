import type { Floors } from '../../src/testing/index.js';

const often = 20;

/** How often each method must have ended in each way. */
export const floors: Floors = {
  scenarios: 10_000,
  outcomes: {
    startTask: { ok: often, INVALID_REQUEST: often, INTERNAL_ERROR: often },
    killTask: { ok: often, INVALID_REQUEST: often, NOT_FOUND: often, INTERNAL_ERROR: often },
    registerImage: { ok: often, INVALID_REQUEST: often, INTERNAL_ERROR: often, Error: often },
    listImages: { ok: often, INTERNAL_ERROR: often },
    getImage: { ok: often, INVALID_REQUEST: often, NOT_FOUND: often, INTERNAL_ERROR: often },
    removeImage: { ok: often, INVALID_REQUEST: often, NOT_FOUND: often, INTERNAL_ERROR: often },
    fetchLogsByExecutionId: {
      ok: often,
      INVALID_REQUEST: often,
      SERVICE_UNAVAILABLE: often,
      INTERNAL_ERROR: often,
    },
    fetchBackendLogs: { ok: often, SERVICE_UNAVAILABLE: often, INTERNAL_ERROR: often },
  },
};
