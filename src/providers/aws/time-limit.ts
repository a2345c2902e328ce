import type { Tag, Task } from '@aws-sdk/client-ecs';

/** Kept with the task, so that every server knows it, whichever one started the task and however often it began anew. */
const timeLimitTag = 'TimeoutSeconds';

/** The tag of a task whose command may not run for ever. */
export function timeLimitTags(timeout: number | undefined): Tag[] {
  return timeout === undefined || timeout <= 0 ? [] : [{ key: timeLimitTag, value: String(timeout) }];
}

/** Seconds that the command of a task may run; `undefined` when there is no limit. */
export function timeLimitOf({ tags = [] }: Task): number | undefined {
  const limit = Number(tags.find(({ key }) => key === timeLimitTag)?.value);
  return limit > 0 ? limit : undefined;
}
