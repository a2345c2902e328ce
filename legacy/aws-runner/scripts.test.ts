import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { sidecarEnvironment, sortedVariables } from './container-environments.js';
import { mainScript } from './main-script.js';
import { sidecarScript } from './sidecar-script.js';

let workspace = '';
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'aws-runner-'));
});
afterEach(() => rmSync(workspace, { recursive: true }));

function run(script: string, env: Readonly<Record<string, string>>) {
  const { stdout, status } = spawnSync('/bin/sh', ['-c', script], {
    cwd: workspace,
    env: { PATH: '/usr/bin:/bin', ...env },
    encoding: 'utf8',
  });
  return { lines: stdout.split('\n').slice(0, -1), status };
}

describe('the script of the runner container', () => {
  const runMain = (command: string) => {
    const script = mainScript({ requestId: 'req-1', image: 'a', command, git: undefined });
    const { lines, status } = run(script, { RUNVOY_COMMAND: command, HOME: '/root' });
    expect(lines.slice(0, 2)).toEqual([
      '### runvoy runner execution started by requestID => req-1',
      '### Image ID => a',
    ]);
    return { lines: lines.slice(2), status };
  };

  it.each([
    ['echo hi', ['### runvoy command => echo hi', 'hi'], 0],
    ['echo "hi there"', ['### runvoy command => echo hi', '### runvoy command => there', 'hi there'], 0],
    ['echo $HOME', ['### runvoy command => echo /root', '/root'], 0],
    ['echo "a; echo INJ"', ['### runvoy command => echo a', 'INJ', 'a; echo INJ'], 0],
    ['echo "a > out"', ['a > out'], 0],
    [`echo "it's"`, [], 2],
    ['false; echo x', ['### runvoy command => false; echo x'], 1],
    ['echo a\necho b', ['### runvoy command => echo a', 'echo b', 'a', 'b'], 0],
  ])('reads the command %j twice', (command, lines, status) => {
    expect(runMain(command)).toEqual({ lines, status });
  });

  it('runs a substitution twice', () => {
    expect(runMain('echo $(date; echo x >>f)').status).toBe(0);
    expect(readFileSync(join(workspace, 'f'), 'utf8')).toBe('x\nx\n');
  });
});

describe('the script of the sidecar container', () => {
  const runSidecar = (env: Readonly<Record<string, string>>, hasSecrets: boolean) => {
    const variables = sortedVariables(env);
    const script = sidecarScript({ envNames: variables.map(([name]) => name), hasSecrets, hasGit: false });
    const environment: Record<string, string> = {};
    for (const { name = '', value = '' } of sidecarEnvironment(variables, undefined))
      environment[name] = value;
    return run(script, { ...environment, RUNVOY_SHARED_VOLUME_PATH: workspace });
  };
  const envFileOf = (env: Readonly<Record<string, string>>, hasSecrets: boolean) => {
    runSidecar(env, hasSecrets);
    const lines = readFileSync(join(workspace, '.env'), 'utf8').split('\n').slice(0, -1);
    return lines.toSorted();
  };

  it('prints three lines when there is nothing to do', () => {
    expect(runSidecar({}, false)).toEqual({
      lines: [
        '### runvoy sidecar: No RUNVOY_USER_* variables found, skipping .env creation',
        '### runvoy sidecar: No git repository specified, exiting',
        '### runvoy sidecar: Sidecar completed successfully',
      ],
      status: 0,
    });
  });

  it('says how many lines it wrote', () => {
    expect(runSidecar({ A: '1', B: '2' }, false).lines.slice(0, 2)).toEqual([
      '### runvoy sidecar: Creating .env file from user environment variables',
      `### runvoy sidecar: .env file created with 2 variables at ${workspace}/.env`,
    ]);
  });

  it.each<[env: Readonly<Record<string, string>>, plain: string[], secret: string[]]>([
    [{ A: ' x y "q" $x `b`' }, ['A= x y "q" $x `b`'], ['A= x y "q" $x `b`']],
    [{ A: 'abc=' }, ['A=abc'], ['A=abc=']],
    [{ A: 'abc==', B: 'a=b' }, ['A=abc==', 'B=a=b'], ['A=abc==', 'B=a=b']],
    [{ A: '' }, ['A='], ['A=']],
    [{ A: 'l1\nl2' }, ['A=l1'], ['A=l1', 'l2']],
    [{ A: 'l1\nRUNVOY_USER_Z=9' }, ['A=l1', 'Z=9', 'Z=9'], ['A=l1', 'RUNVOY_USER_Z=9']],
    [{ A: '1', RUNVOY_USER_A: '2' }, ['A=1', 'RUNVOY_USER_A=2'], ['A=1', 'RUNVOY_USER_A=2']],
  ])('writes %j in both modes', (env, plain, secret) => {
    expect(envFileOf(env, false)).toEqual(plain);
    expect(envFileOf(env, true)).toEqual(secret);
  });

  it('splices names into the text in secret mode', () => {
    expect(envFileOf({ 'my-var': 'v' }, true)).toEqual(['my-var=var']);
    expect(runSidecar({ 'a.b': 'v' }, true).status).toBe(2);
  });

  it('checks out only when there is a repository', () => {
    const script = sidecarScript({ envNames: [], hasSecrets: false, hasGit: true });
    expect(script).toContain('git clone --depth 1 --branch "${GIT_REF}" "${GIT_REPO}" "${CLONE_PATH}"');
    expect(script).toContain('echo "### runvoy sidecar: Cloning ${GIT_REPO} (ref: ${GIT_REF})"');
    expect(script).not.toContain('No git repository specified');
  });
});
