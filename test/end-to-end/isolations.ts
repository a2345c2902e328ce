import { spawnSync } from 'node:child_process';

/** Whether bubblewrap works here: being installed is not enough. */
export const hasBubblewrap =
  spawnSync('bwrap', ['--ro-bind', '/', '/', '--unshare-pid', '--proc', '/proc', '--dev', '/dev', 'true'])
    .status === 0;

/** The ways to run tasks that this machine has. */
export const isolations: readonly string[] = hasBubblewrap ? ['none', 'bubblewrap'] : ['none'];
