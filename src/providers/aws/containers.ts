/** Prepares the workspace: writes the `.env` file and checks the repository out. Ends before the runner starts. */
export const sidecarContainer = 'sidecar';

/** Runs the command. */
export const runnerContainer = 'runner';

/** Where both containers see the volume that they share. */
export const workspacePath = '/workspace';

/** Name of the log stream of one container of a task. */
export function logStreamOf(container: string, executionId: string): string {
  return `task/${container}/${executionId}`;
}
