import type { KeyValuePair } from '@aws-sdk/client-ecs';

import { workspacePath } from './containers.js';
import type { GitCheckout } from './git-checkout.js';
import { sidecarVariables } from './sidecar-script.js';

/** The user's variables by name, in an order that does not depend on how they were written down. */
export type Variables = readonly (readonly [name: string, value: string])[];

export function sortedVariables(env: Readonly<Record<string, string>> | undefined): Variables {
  // Objects list integer-like names first, whatever order they were written in.
  return Object.entries(env ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * The sidecar sees the user's variables as the text of the `.env` file and one by one; what the sidecar itself reads
 * wins over a variable of the same name, but for git's own.
 */
export function sidecarEnvironment(
  variables: Variables,
  git: GitCheckout | undefined,
  { imageId, requestId }: { readonly imageId: string; readonly requestId: string },
): KeyValuePair[] {
  const emitted = new Map<string, string>([[sidecarVariables.volume, workspacePath]]);
  if (variables.length > 0) emitted.set(sidecarVariables.envFile, envFileText(variables));
  // Always set: a variable of the user may not stand in for credentials.
  emitted.set(sidecarVariables.gitUsername, git?.credentials?.username ?? '');
  emitted.set(sidecarVariables.gitPassword, git?.credentials?.password ?? '');
  emitted.set(sidecarVariables.imageId, imageId);
  emitted.set(sidecarVariables.requestId, requestId);
  for (const [name, value] of variables) if (!emitted.has(name)) emitted.set(name, value);
  return [
    ...Array.from(emitted, ([name, value]) => ({ name, value })),
    { name: 'GIT_REPO', value: git?.url ?? '' },
    ...(git === undefined ? [] : [{ name: 'GIT_REF', value: git.ref }]),
  ];
}

/** The runner sees the command and every variable; names are not checked against each other. */
export function runnerEnvironment(variables: Variables, command: string): KeyValuePair[] {
  return [{ name: 'RUNVOY_COMMAND', value: command }, ...variables.map(([name, value]) => ({ name, value }))];
}

/** One `NAME=value` after the other, values as they are: neither quoted nor cut at a line end. */
function envFileText(variables: Variables): string {
  return variables.map(([name, value]) => `${name}=${value}\n`).join('');
}
