import type { Failure } from '@aws-sdk/client-ecs';

import type { AppErrorOptions } from '../../contracts/index.js';

/** What ECS says of the things that it could not do, as the cause of an error; no cause when it says nothing. */
export function failuresCause(failures: readonly Failure[] | undefined = []): AppErrorOptions {
  return failures.length === 0 ? {} : { cause: new Error(failures.map(failureText).join('; ')) };
}

function failureText({ arn, reason, detail }: Failure): string {
  const text = reason ?? 'unknown reason';
  const about = arn === undefined ? text : `${arn}: ${text}`;
  return detail === undefined ? about : `${about} (${detail})`;
}
