import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ResourceConfig } from '../../contracts/index.js';

/** What was found out about limits on this machine. */
export interface Limits {
  readonly kind: 'enforced' | 'recorded';
  /** One sentence for the start banner. */
  readonly description: string;
  /** Makes the control group of a task and resolves to its directory; `undefined` where nothing is enforced. */
  makeGroup(executionId: string, resources: ResourceConfig): string | undefined;
}

/** What limits depend on. */
export interface ProbeLimitsOptions {
  /** Where the file system begins. Default `/`. */
  readonly root?: string | undefined;
  /** The process that the limits are looked for. Default: this one. */
  readonly pid?: number | undefined;
}

/** This process moves into a group of its own: one with processes in it cannot hand its limits down to others. */
const serverGroupName = 'refacet-server';
const period = 100_000;
/** The kernel takes no smaller share of a period. */
const leastQuota = 1000;
const unitsPerCore = 1024;

/**
 * Finds out whether limits can be enforced: through cgroup v2, where this process has been given a part of the tree,
 * as by `Delegate=yes` of systemd. Never through an address-space limit, under which Node does not even start.
 */
export function probeLimits({ root = '/', pid = process.pid }: ProbeLimitsOptions = {}): Limits {
  const tree = join(root, 'sys/fs/cgroup');
  let base: string;
  try {
    base = join(tree, parentOfServerGroup(findOwnGroup(join(root, 'proc/self/cgroup'))));
    const controllers = readFileSync(join(base, 'cgroup.controllers'), 'latin1').trim().split(' ');
    const missing = ['cpu', 'memory'].filter((controller) => !controllers.includes(controller));
    if (missing.length > 0) return recordedOnly(`cgroup v2 does not offer ${missing.join(' and ')} here`);
  } catch {
    // No Linux, cgroup v1, or not mounted.
    return recordedOnly('this machine has no cgroup v2');
  }
  try {
    takeOver(base, pid);
  } catch {
    // The usual case outside of a service: the group is not ours, or others are in it.
    return recordedOnly('this server has no cgroup v2 of its own, as Delegate=yes of systemd would give it');
  }
  return {
    kind: 'enforced',
    description: 'Limits: cpu and memory of an image are enforced through cgroup v2.',
    makeGroup: (executionId, resources) => makeGroup(join(base, `refacet-task-${executionId}`), resources),
  };
}

const recordedOnly = (reason: string): Limits => ({
  kind: 'recorded',
  description: `Limits: cpu and memory of an image are recorded, not enforced (${reason}).`,
  makeGroup: () => undefined,
});

/** Path of this process in the one hierarchy of cgroup v2. */
function findOwnGroup(file: string): string {
  const path = /^0::(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  if (path === undefined) throw new Error('no cgroup v2');
  return path;
}

/** A server that was started again by itself is still in the group that it moved into. */
function parentOfServerGroup(group: string): string {
  return group.endsWith(`/${serverGroupName}`) ? group.slice(0, -serverGroupName.length - 1) : group;
}

function takeOver(base: string, pid: number): void {
  const serverGroup = join(base, serverGroupName);
  mkdirSync(serverGroup, { recursive: true });
  writeFileSync(join(serverGroup, 'cgroup.procs'), String(pid));
  try {
    writeFileSync(join(base, 'cgroup.subtree_control'), '+cpu +memory');
  } catch (error) {
    // Others are in the group, so this process goes back to them.
    writeFileSync(join(base, 'cgroup.procs'), String(pid));
    rmdirSync(serverGroup);
    throw error;
  }
}

function makeGroup(directory: string, { cpu, memory }: ResourceConfig): string {
  mkdirSync(directory);
  if (cpu !== undefined && cpu > 0) {
    const quota = Math.max(leastQuota, Math.round((cpu / unitsPerCore) * period));
    writeFileSync(join(directory, 'cpu.max'), `${quota} ${period}`);
  }
  if (memory !== undefined && memory > 0) {
    writeFileSync(join(directory, 'memory.max'), String(Math.round(memory * 1024 * 1024)));
  }
  return directory;
}
