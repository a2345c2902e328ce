import { join } from 'node:path';

import type { TaskRequest } from '../../contracts/index.js';
import type { Isolation } from './isolation.js';
import { planCheckout } from './plan-checkout.js';
import type { TaskDirectory } from './task-directory.js';
import type { TaskInstruction } from './task-supervisor.js';
import type { TaskRecord } from './task-table.js';

/** All that a supervisor must be told, from what was asked for and what this machine can do. */
export function describeTask({
  record,
  request,
  directory,
  isolation,
  controlGroup,
  settings,
}: {
  readonly record: TaskRecord;
  readonly request: TaskRequest;
  readonly directory: TaskDirectory;
  readonly isolation: Isolation;
  readonly controlGroup: string | undefined;
  readonly settings: {
    readonly path: string;
    readonly killGraceMs: number;
    readonly logCapBytes: number;
  };
}): TaskInstruction {
  const files = directory.pathOf('files');
  const home = join(files, 'home');
  const { path, killGraceMs, logCapBytes } = settings;
  const { executionId, deadline } = record;
  return {
    executionId,
    command: request.command,
    environment: { PATH: path, HOME: home, TMPDIR: join(files, 'tmp'), LANG: 'C.UTF-8', ...request.env },
    checkout: planCheckout(request, { path, home }),
    sandbox: isolation.sandboxFor?.(files),
    controlGroup,
    timeout: deadline === undefined ? undefined : { at: deadline.getTime(), seconds: request.timeout ?? 0 },
    killGraceMs,
    logCapBytes,
  };
}
