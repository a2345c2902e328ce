import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { Limits } from '../../src/providers/local/resource-limits.js';
import { findIsolations, openLocalTasks } from '../support/local-tasks.js';

const ctx = {};

/** Control groups that are plain directories; the kernel would fill in and obey what stands in their files. */
function makeLimits(files: Readonly<Record<string, string>> = {}) {
  const tree = mkdtempSync(join(tmpdir(), 'refacet-groups-'));
  onTestFinished(() => rmSync(tree, { recursive: true, force: true }));
  const limits: Limits = {
    kind: 'enforced',
    description: '',
    makeGroup(executionId) {
      const group = join(tree, executionId);
      mkdirSync(group);
      for (const [name, content] of Object.entries(files)) writeFileSync(join(group, name), content);
      return group;
    },
  };
  return { limits, groupOf: (executionId: string): string => join(tree, executionId) };
}

describe.each(await findIsolations())('a task in a control group, isolation %s', (isolation) => {
  async function run(command: string, { limits }: { limits: Limits }) {
    const { start, untilEnded, logAggregator } = await openLocalTasks(isolation, { limits });
    const executionId = await start({ command });
    const state = await untilEnded(executionId);
    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    return { executionId, state, lines: events.map(({ message }) => message) };
  }

  it('joins it before it runs, and ends as it would without', async () => {
    const { limits, groupOf } = makeLimits();

    const { executionId, state, lines } = await run('echo "$0 $1"; exit 3', { limits });

    expect(state).toMatchObject({ endedBy: 'exit', exitCode: 3 });
    expect(lines).toEqual(['/bin/sh ']);
    expect(readFileSync(join(groupOf(executionId), 'cgroup.procs'), 'utf8')).toBe('0\n');
  });

  it('is ended through it as well', async () => {
    const { limits, groupOf } = makeLimits({ 'cgroup.kill': ' ' });

    const { executionId } = await run('true', { limits });

    expect(readFileSync(join(groupOf(executionId), 'cgroup.kill'), 'utf8')).toBe('1');
  });

  it('says so when memory ran out', async () => {
    const { limits } = makeLimits({ 'memory.events': 'low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\n' });

    const { lines } = await run('kill -9 $$', { limits });

    expect(lines).toEqual([
      "refacet: a process was killed for reaching the image's memory limit",
      expect.stringMatching(/^refacet: .*137/),
    ]);
  });
});
