const outageNames = new Set([
  'AbortError',
  'InternalFailure',
  'InternalServerError',
  'InternalServerException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'ServerException',
  'ServiceFailureException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

const networkCodes = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Whether a failure may be gone when the same is asked again: throttling, a failing service, a network. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, $fault, $metadata, $retryable } = error as Partial<{
    readonly code: string;
    readonly $fault: string;
    readonly $metadata: { readonly httpStatusCode?: number };
    readonly $retryable: object;
  }>;
  const status = $metadata?.httpStatusCode ?? 0;
  return (
    outageNames.has(error.name) ||
    $fault === 'server' ||
    $retryable !== undefined ||
    status === 429 ||
    status >= 500 ||
    (code !== undefined && networkCodes.has(code)) ||
    isThrottledTransaction(error)
  );
}

/** DynamoDB cancels a transaction of which it throttles a part, and says so only in the reasons. */
function isThrottledTransaction(error: Error): boolean {
  const { CancellationReasons: reasons = [] } = error as { CancellationReasons?: { Code?: string }[] };
  return reasons.some(({ Code }) => Code === 'ThrottlingError' || Code === 'ProvisionedThroughputExceeded');
}
