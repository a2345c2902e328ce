import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { probeLimits } from './resource-limits.js';

const group = 'sys/fs/cgroup/system.slice/refacet.service';

/** A file system with a control group in it; the kernel would make the files that are missing. */
function makeRoot({
  controllers = 'cpuset cpu io memory pids',
  own = '0::/system.slice/refacet.service\n',
} = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'refacet-cgroup-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'proc/self'), { recursive: true });
  mkdirSync(join(root, group), { recursive: true });
  writeFileSync(join(root, 'proc/self/cgroup'), own);
  writeFileSync(join(root, group, 'cgroup.controllers'), `${controllers}\n`);
  return root;
}

describe('limits', () => {
  it('are enforced where a part of cgroup v2 is ours', () => {
    const root = makeRoot();

    const limits = probeLimits({ root, pid: 77 });

    expect(limits).toMatchObject({
      kind: 'enforced',
      description: 'Limits: cpu and memory of an image are enforced through cgroup v2.',
    });
    expect(readFileSync(join(root, group, 'refacet-server/cgroup.procs'), 'utf8')).toBe('77');
    expect(readFileSync(join(root, group, 'cgroup.subtree_control'), 'utf8')).toBe('+cpu +memory');
  });

  it.each([
    [{ cpu: 256, memory: 512 }, '25000 100000', String(512 * 1024 * 1024)],
    [{ cpu: 2048 }, '200000 100000', undefined],
    [{ cpu: 1 }, '1000 100000', undefined],
    [{ memory: 1 }, undefined, String(1024 * 1024)],
    [{}, undefined, undefined],
    [{ cpu: 0, memory: 0 }, undefined, undefined],
  ])('of a task are what its image states: %j', (resources, cpu, memory) => {
    const directory = probeLimits({ root: makeRoot(), pid: 77 }).makeGroup('a1', resources) ?? '';

    expect(directory.endsWith(`${group}/refacet-task-a1`)).toBe(true);
    const valueOf = (name: string): string | undefined =>
      existsSync(join(directory, name)) ? readFileSync(join(directory, name), 'utf8') : undefined;
    expect([valueOf('cpu.max'), valueOf('memory.max')]).toEqual([cpu, memory]);
  });

  it('are found again by a server that has moved already', () => {
    const root = makeRoot({ own: '0::/system.slice/refacet.service/refacet-server\n' });

    expect(probeLimits({ root, pid: 78 }).kind).toBe('enforced');
    expect(readFileSync(join(root, group, 'refacet-server/cgroup.procs'), 'utf8')).toBe('78');
  });

  it('are recorded where others are in the group, and the server goes back to them', () => {
    const root = makeRoot();
    // The kernel refuses the write with EBUSY; a directory does with EISDIR.
    mkdirSync(join(root, group, 'cgroup.subtree_control'));

    const limits = probeLimits({ root, pid: 77 });

    expect(limits.kind).toBe('recorded');
    expect(limits.description).toContain('recorded, not enforced');
    expect(limits.makeGroup('a1', { cpu: 256 })).toBeUndefined();
    expect(readFileSync(join(root, group, 'cgroup.procs'), 'utf8')).toBe('77');
  });

  it.each([
    [makeRoot.bind(undefined, { controllers: 'cpu pids' }), 'cgroup v2 does not offer memory here'],
    [makeRoot.bind(undefined, { own: '4:memory:/x\n' }), 'this machine has no cgroup v2'],
    [(): string => '/nonexistent', 'this machine has no cgroup v2'],
  ])('are recorded elsewhere, and the reason is said: case %#', (make, reason) => {
    const limits = probeLimits({ root: make(), pid: 77 });

    expect(limits.description).toBe(
      `Limits: cpu and memory of an image are recorded, not enforced (${reason}).`,
    );
  });
});
