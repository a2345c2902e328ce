import type { ImageRegistry, Repositories } from '../contracts/index.js';
import type { RandomBytes } from '../orchestrator/api-key.js';
import type { Authorizer } from '../orchestrator/authorize.js';
import type { Log } from '../orchestrator/log.js';

/** What the routes that reach the backend are made of, beside the backend itself. */
export interface BackendRecords extends Pick<
  Repositories,
  'executions' | 'secrets' | 'streamTokens' | 'users'
> {
  /** Where a trace looks for images. */
  readonly images: Pick<ImageRegistry, 'getImagesByRequestId'>;
  /** Becomes `cloud` of the executions. */
  readonly providerName: string;
  readonly authorizer: Authorizer;
  readonly log: Log;
  readonly now: () => Date;
  readonly randomBytes: RandomBytes;
  /** Address of the service as clients see it; absent means the host that a client asked. */
  readonly publicUrl?: string | undefined;
}
