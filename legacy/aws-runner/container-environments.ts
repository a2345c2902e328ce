import type { KeyValuePair } from '@aws-sdk/client-ecs';

import type { GitSettings } from './git-settings.js';
import { workspacePath } from './task-definition.js';

/**
 * The user's variables in a fixed order, by name. The original went through its map in an order that changed with every
 * call, so any order is one of its own.
 */
export function sortedVariables(
  env: Readonly<Record<string, string>> | undefined,
): readonly (readonly [name: string, value: string])[] {
  // Objects list integer-like names first, whatever order they were written in.
  return Object.entries(env ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The sidecar sees every variable twice, prefixed and plain; of two with one name the first wins, but for git's own. */
export function sidecarEnvironment(
  variables: readonly (readonly [name: string, value: string])[],
  git: GitSettings | undefined,
): KeyValuePair[] {
  const emitted = new Map([['RUNVOY_SHARED_VOLUME_PATH', workspacePath]]);
  const prefixed = variables.map(([name, value]) => [`RUNVOY_USER_${name}`, value] as const);
  for (const [name, value] of [...prefixed, ...variables]) if (!emitted.has(name)) emitted.set(name, value);
  return [
    ...Array.from(emitted, ([name, value]) => ({ name, value })),
    { name: 'GIT_REPO', value: git?.authenticatedUrl ?? '' },
    ...(git === undefined ? [] : [{ name: 'GIT_REF', value: git.ref }]),
  ];
}

/** The runner sees the command and every variable; names are not checked against each other. */
export function runnerEnvironment(
  variables: readonly (readonly [name: string, value: string])[],
  command: string,
): KeyValuePair[] {
  return [{ name: 'RUNVOY_COMMAND', value: command }, ...variables.map(([name, value]) => ({ name, value }))];
}
