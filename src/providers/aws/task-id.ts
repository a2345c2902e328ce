/** Whether ECS could have given a task this ID: 32 hex digits, or a UUID for tasks of old clusters. */
export function isTaskId(text: string): boolean {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(text);
}
