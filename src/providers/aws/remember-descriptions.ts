import type { TaskObserver, TaskState } from '../../contracts/index.js';

/** How long what was read is remembered, and by which clock. */
export interface RememberDescriptionsOptions {
  /** Milliseconds; 0 remembers nothing. */
  readonly rememberFor: number;
  readonly now: () => Date;
}

/**
 * The same observer, but a question after one task that was asked a moment ago is answered without asking ECS again:
 * clients ask for the status of one execution over and over. Questions after several tasks always go through.
 */
export function rememberDescriptions(
  taskObserver: TaskObserver,
  { rememberFor, now }: RememberDescriptionsOptions,
): TaskObserver {
  const remembered = new Map<string, { readonly at: number; readonly state: TaskState | undefined }>();

  return {
    ...taskObserver,
    async describeTasks(ctx, executionIds) {
      const [executionId, ...others] = executionIds;
      if (executionId === undefined || others.length > 0)
        return taskObserver.describeTasks(ctx, executionIds);
      const time = now().getTime();
      // A clock that stepped back makes everything old.
      for (const [id, { at }] of remembered) if (at > time || time - at >= rememberFor) remembered.delete(id);
      const known = remembered.get(executionId);
      if (known !== undefined) return mapOf(executionId, known.state);
      const state = (await taskObserver.describeTasks(ctx, executionIds)).get(executionId);
      remembered.set(executionId, { at: time, state });
      return mapOf(executionId, state);
    },
  };
}

function mapOf(executionId: string, state: TaskState | undefined): ReadonlyMap<string, TaskState> {
  return new Map(state === undefined ? [] : [[executionId, state]]);
}
