import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { sidecarEnvironment, sortedVariables } from './container-environments.js';
import { gitCheckout } from './git-checkout.js';
import { mainScript } from './main-script.js';
import { sidecarScript } from './sidecar-script.js';

let workspace = '';
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'aws-scripts-'));
});
afterEach(() => rmSync(workspace, { recursive: true }));

function run(script: string, env: Readonly<Record<string, string>> = {}) {
  const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', script], {
    cwd: workspace,
    env: { PATH: '/usr/bin:/bin', ...env },
    encoding: 'utf8',
  });
  return { lines: stdout.split('\n').slice(0, -1), stdout, stderr, status };
}

describe('the script of the runner container', () => {
  const runCommand = (command: string) => {
    const script = mainScript({ requestId: 'req-1', imageId: 'a:1-00000000', command, git: undefined });
    const { lines, status } = run(script, { HOME: '/root' });
    expect(lines.slice(0, 2)).toEqual([
      '### runvoy runner execution started by requestID => req-1',
      '### Image ID => a:1-00000000',
    ]);
    return { lines: lines.slice(2), status };
  };

  it.each([
    ['echo hi', ['hi'], 0],
    ['echo "hi there"', ['hi there'], 0],
    ['echo $HOME', ['/root'], 0],
    ['echo "a; echo INJ"', ['a; echo INJ'], 0],
    ['echo "a > out"', ['a > out'], 0],
    [`echo "it's"`, [`it's`], 0],
    [`printf '%s\\n' 'a\\nb'`, ['a\\nb'], 0],
    ['false; echo x', [], 1],
    ['exit 3', [], 3],
  ])('prints the command %s as it is and runs it once', (command, output, status) => {
    expect(runCommand(command)).toEqual({ lines: [`### runvoy command => ${command}`, ...output], status });
  });

  it('runs a substitution once', () => {
    expect(runCommand('echo $(echo x >>f)').status).toBe(0);
    expect(readFileSync(join(workspace, 'f'), 'utf8')).toBe('x\n');
  });

  it('quotes every value of the header', () => {
    const evil = `"$(touch ${workspace}/evil)"'; touch ${workspace}/evil; '`;
    const git = gitCheckout({ command: '', imageId: '', gitRepo: evil, gitRef: evil, gitPath: evil });
    const script = mainScript({ requestId: evil, imageId: evil, command: 'ls', git }).replace(
      /^cd .*$/m,
      `cd ${workspace}`,
    );

    expect(run(script).lines.at(-1)).not.toContain('evil');
  });

  it('changes into a folder whose name has blanks', () => {
    const git = gitCheckout({ command: '', imageId: '', gitRepo: 'https://h/r', gitPath: 'a b; echo x' });

    expect(mainScript({ requestId: '', imageId: '', command: 'ls', git })).toContain(
      "\ncd '/workspace/repo/a b; echo x'\n",
    );
  });
});

describe('the script of the sidecar container', () => {
  const variablesOf = (env: Readonly<Record<string, string>>, gitRepo = '') => {
    const git = gitCheckout({ command: '', imageId: '', gitRepo, env });
    const variables = sortedVariables(env);
    const pairs: Record<string, string> = {};
    for (const { name = '', value = '' } of sidecarEnvironment(variables, git, {
      imageId: 'i',
      requestId: 'r',
    }))
      pairs[name] = value;
    const script = sidecarScript({ variableCount: variables.length, hasGit: git !== undefined });
    return { script, env: { ...pairs, RUNVOY_SHARED_VOLUME_PATH: workspace } };
  };
  const runSidecar = (env: Readonly<Record<string, string>>) => {
    const sidecar = variablesOf(env);
    return run(sidecar.script, sidecar.env);
  };

  it('prints three lines when there is nothing to do', () => {
    expect(runSidecar({})).toMatchObject({
      lines: [
        '### runvoy sidecar: No RUNVOY_USER_* variables found, skipping .env creation',
        '### runvoy sidecar: No git repository specified, exiting',
        '### runvoy sidecar: Sidecar completed successfully',
      ],
      status: 0,
    });
  });

  it('writes every variable exactly, whatever its name and its value', () => {
    const env = {
      A: ' x y "q" $x `b` ',
      B: 'abc=',
      C: '',
      D: 'l1\nRUNVOY_USER_Z=9',
      'a.b': '1',
      'my-var': "it's",
      RUNVOY_USER_A: '2',
      RUNVOY_ENV_FILE: 'mine',
      '10': 'ten',
    };

    const { lines, status } = runSidecar(env);

    expect(status).toBe(0);
    expect(lines[1]).toBe(`### runvoy sidecar: .env file created with 9 variables at ${workspace}/.env`);
    expect(readFileSync(join(workspace, '.env'), 'utf8')).toBe(
      Object.entries(env)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
  });

  it('shows a token to git alone, and only while it clones', () => {
    const bin = join(workspace, 'bin');
    mkdirSync(bin);
    const double = (name: string, text: string) => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    double('apk', 'exit 0');
    // Notes its arguments, and asks the helper as git does.
    double(
      'git',
      `printf '%s\\n' "$@" > ${workspace}/arguments
while [ $# -gt 0 ]; do case "$1" in credential.helper=!*) helper="\${1#credential.helper=!}";; esac; last="$1"; shift; done
mkdir -p "$last"; sh -c "$helper get" > ${workspace}/credentials`,
    );
    const sidecar = variablesOf({ GITHUB_TOKEN: String.raw`ghp_x\n$y"z` }, 'https://github.com/o/r.git');

    const { stdout, stderr, status } = run(sidecar.script, {
      ...sidecar.env,
      PATH: `${bin}:/usr/bin:/bin`,
    });

    expect(status).toBe(0);
    expect(stdout).toContain('### runvoy sidecar: Cloning https://github.com/o/r.git (ref: main)\n');
    expect(stdout + stderr + readFileSync(join(workspace, 'arguments'), 'utf8')).not.toContain('ghp_x');
    expect(readFileSync(join(workspace, 'credentials'), 'utf8')).toBe(
      `username=x-access-token\npassword=${String.raw`ghp_x\n$y"z`}\n`,
    );
  });
});

describe('checkouts', () => {
  const of = (gitRepo: string, token = '') =>
    gitCheckout({ command: '', imageId: '', gitRepo, env: { GITHUB_TOKEN: token } });

  it.each([
    ['https://user:p@ss@host/x', 'https://host/x', 'https://***@host/x', 'user', 'p@ss'],
    ['https://tok@host/x', 'https://host/x', 'https://***@host/x', 'tok', ''],
    ['HTTPS://u:p%40@host/x', 'HTTPS://host/x', 'HTTPS://***@host/x', 'u', 'p@'],
    ['http://u:100%@host', 'http://host', 'http://***@host', 'u', '100%'],
  ])('take the credentials out of %s', (gitRepo, url, maskedUrl, username, password) => {
    expect(of(gitRepo, 'token')).toMatchObject({ url, maskedUrl, credentials: { username, password } });
  });

  it.each(['https://a/b@host/x', 'ssh://git@host/x', 'git@host:x', 'https://GitHub.com/o/r'])(
    'leave %s alone',
    (gitRepo) => {
      expect(of(gitRepo, 'token')).toMatchObject({
        url: gitRepo,
        maskedUrl: gitRepo,
        credentials: undefined,
      });
    },
  );

  it('use a token for GitHub', () => {
    expect(of('https://github.com/o/r', '$&x')).toMatchObject({
      url: 'https://github.com/o/r',
      maskedUrl: 'https://***@github.com/o/r',
      credentials: { username: 'x-access-token', password: '$&x' },
    });
    expect(of('https://github.com/o/r')?.credentials).toBeUndefined();
  });

  it.each([
    ['', '/workspace/repo'],
    ['.', '/workspace/repo'],
    ['/', '/workspace/repo'],
    ['a/b', '/workspace/repo/a/b'],
    ['//a', '/workspace/repo//a'],
  ])('work in "%s" at %s', (gitPath, directory) => {
    const checkout = gitCheckout({ command: '', imageId: '', gitRepo: 'https://h/r', gitPath });
    expect(checkout?.workingDirectory).toBe(directory);
  });
});

it('strips the white space that the original strips from a script, and no other', () => {
  const script = (command: string): string =>
    mainScript({ requestId: '', imageId: '', command, git: undefined });

  expect(script('ls \u0085\n').endsWith('\nls')).toBe(true);
  expect(script('ls\uFEFF').endsWith('\nls\uFEFF')).toBe(true);
});
