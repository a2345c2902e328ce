/**
 * Every code of the wire contract with its status; everything else about codes is derived from this table.
 * `invalid_request` in lower case is what the original sends for a bad `limit` parameter.
 */
export const statusByCode = {
  INVALID_REQUEST: 400,
  invalid_request: 400,
  UNAUTHORIZED: 401,
  INVALID_API_KEY: 401,
  API_KEY_REVOKED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  SECRET_NOT_FOUND: 404,
  CONFLICT: 409,
  SECRET_ALREADY_EXISTS: 409,
  INTERNAL_ERROR: 500,
  NOT_SUPPORTED: 501,
  DATABASE_ERROR: 503,
  SERVICE_UNAVAILABLE: 503,
} as const;

/** Stable name of a failure; what callers may branch on. */
export type ErrorCode = keyof typeof statusByCode;

/** What an {@link AppError} is made of besides its message. */
export interface AppErrorOptions {
  /** What went wrong underneath. Kept for logs and for the `details` of the wire contract. */
  readonly cause?: unknown;
  /** HTTP status where the wire has no code for the failure; ignored when there is a code. Default 500. */
  readonly status?: number;
}

/** A failure that a caller can act on. A broken assumption is a plain `Error`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  /** Absent where the wire contract has no code. */
  readonly code: ErrorCode | undefined;
  /** The HTTP status of the failure. */
  readonly status: number;

  constructor(code: ErrorCode | undefined, message: string, options: AppErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.status = code === undefined ? (options.status ?? 500) : statusByCode[code];
  }
}

/** The outermost {@link AppError} of a chain of causes, which decides status and code. */
export function findAppError(error: unknown): AppError | undefined {
  const seen = new Set<unknown>();
  for (let current = error; current instanceof Error && !seen.has(current); current = current.cause) {
    if (current instanceof AppError) return current;
    seen.add(current);
  }
  return undefined;
}
