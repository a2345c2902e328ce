import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { TaskRequest } from '../../src/contracts/index.js';
import { defaultTaskPath } from '../../src/providers/local/local-task-executor.js';
import { findIsolations, openLocalTasks } from '../support/local-tasks.js';
import { supervisorPath } from '../support/supervisor-path.js';

const ctx = {};
const hasGit = canRun('git', ['--version']);
const backend = hasGit
  ? join(execFileSync('git', ['--exec-path']).toString().trim(), 'git-http-backend')
  : '';
if (!hasGit) console.warn('Tests of checkouts are left out: git is not installed.');

function canRun(program: string, programArguments: string[]): boolean {
  try {
    execFileSync(program, programArguments, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Visible in a sandbox, unlike `/tmp` and the home of the user. */
function makeDirectory(): string {
  mkdirSync(dirname(supervisorPath), { recursive: true });
  const directory = mkdtempSync(join(dirname(supervisorPath), 'git-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A repository with a branch `main`, a branch `other` and a tag `v1`. */
function makeRepository(): string {
  const directory = makeDirectory();
  const git = (...gitArguments: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...gitArguments], {
      cwd: directory,
      stdio: 'ignore',
    });
  git('init', '--quiet', '--initial-branch=main');
  mkdirSync(join(directory, 'sub', 'a b'), { recursive: true });
  writeFileSync(join(directory, 'file'), 'on main\n');
  writeFileSync(join(directory, 'sub', 'a b', 'deep'), 'deep\n');
  execFileSync('ln', ['-s', '/etc', join(directory, 'outside')]);
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  git('tag', 'v1');
  git('checkout', '--quiet', '-b', 'other');
  writeFileSync(join(directory, 'file'), 'on other\n');
  git('commit', '--quiet', '-am', 'second');
  git('checkout', '--quiet', 'main');
  return directory;
}

/** Serves a repository to those who know the password, and remembers what they said. */
async function serveRepository(
  repository: string,
): Promise<{ port: number; authorizations: (string | undefined)[] }> {
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    authorizations.push(authorization);
    if (authorization !== `Basic ${Buffer.from('ada:pass word').toString('base64')}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const { pathname, search } = new URL(request.url ?? '', 'http://127.0.0.1');
    const cgi = spawn(backend, {
      env: {
        GIT_PROJECT_ROOT: repository,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: pathname.replace('/repository.git', '/.git'),
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        GIT_PROTOCOL: request.headers['git-protocol'] as string | undefined,
      },
    });
    request.pipe(cgi.stdin);
    const parts: Buffer[] = [];
    cgi.stdout.on('data', (part: Buffer) => parts.push(part));
    cgi.stdout.on('end', () => {
      const answer = Buffer.concat(parts);
      const end = answer.indexOf('\r\n\r\n');
      const headers = answer.subarray(0, end).toString('latin1').split('\r\n');
      for (const header of headers) {
        const [name = '', ...value] = header.split(': ');
        if (name.toLowerCase() !== 'status') response.setHeader(name, value.join(': '));
      }
      response.end(answer.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, authorizations };
}

/** A `git` that writes down what it was given and fails, masking nothing. */
function makeTattlingGit(): { path: string; directory: string } {
  const directory = makeDirectory();
  const program = join(directory, 'git');
  writeFileSync(
    program,
    '#!/bin/sh\n' +
      `printf '%s\\n' "$@" > ${directory}/arguments\n` +
      `env > ${directory}/environment\n` +
      'echo "fatal: could not read from https://ada:$GIT_CONFIG_VALUE_0@example.com" >&2\n' +
      'exit 128\n',
  );
  chmodSync(program, 0o755);
  return { path: `${directory}:${defaultTaskPath}`, directory };
}

describe.runIf(hasGit).each(await findIsolations())('a task with a repository, isolation %s', (isolation) => {
  async function run(request: Partial<TaskRequest> & { command: string }, options = {}) {
    const { start, untilEnded, logAggregator } = await openLocalTasks(isolation, options);
    const executionId = await start(request);
    const state = await untilEnded(executionId);
    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    return { state, lines: events.map(({ message }) => message) };
  }

  it.each([
    [undefined, 'on main'],
    ['', 'on main'],
    ['other', 'on other'],
    ['v1', 'on main'],
  ])('runs in the checkout of %j', async (gitRef, content) => {
    const gitRepo = `file://${makeRepository()}`;

    const { state, lines } = await run({ command: 'cat file', gitRepo, gitRef });

    expect(state).toMatchObject({ endedBy: 'exit', exitCode: 0 });
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(`^refacet: checked out ${gitRepo} at ${gitRef || 'main'} \\([0-9a-f]{40}\\)$`),
      ),
      content,
    ]);
  });

  it.each(['sub/a b', '/sub/a b', './sub/../sub/a b/'])('runs in the folder %j', async (gitPath) => {
    const { lines } = await run({ command: 'cat deep', gitRepo: `file://${makeRepository()}`, gitPath });

    expect(lines.at(-1)).toBe('deep');
  });

  it.each(['missing', 'file', 'outside'])(
    'does not start in %j, which is no folder of it',
    async (gitPath) => {
      const { state, lines } = await run({
        command: 'echo ran',
        gitRepo: `file://${makeRepository()}`,
        gitPath,
      });

      expect(state).toMatchObject({ endedBy: 'failed-to-start', startedAt: undefined });
      expect(lines.at(-1)).toBe(`refacet: could not start: there is no folder "${gitPath}" in the checkout`);
      expect(lines).not.toContain('ran');
    },
  );

  it('says what git said when it cannot be fetched', async () => {
    const { state, lines } = await run({
      command: 'echo ran',
      gitRepo: `file://${makeRepository()}`,
      gitRef: 'nowhere',
    });

    expect(state).toMatchObject({ endedBy: 'failed-to-start' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^refacet: could not start: git could not fetch file:.* at nowhere: .*nowhere not found/,
    );
  });

  it('says so when git is not installed', async () => {
    const { state, lines } = await run(
      { command: 'echo ran', gitRepo: 'https://github.com/o/r' },
      { settings: { path: makeDirectoryWithMkfifo() } },
    );

    expect(state).toMatchObject({ endedBy: 'failed-to-start' });
    expect(lines).toEqual(['refacet: could not start: git is not installed on this machine']);
  });

  it('fetches with the credentials of its URL, and keeps them out of everything', async () => {
    const { port, authorizations } = await serveRepository(makeRepository());

    const { state, lines } = await run({
      command: 'cat file .git/config; git config --list',
      gitRepo: `http://ada:pass%20word@127.0.0.1:${port}/repository.git`,
    });

    expect(state.exitCode).toBe(0);
    expect(lines).toContain('on main');
    expect(lines[0]).toContain(`checked out http://127.0.0.1:${port}/repository.git at main`);
    expect(lines.join('\n')).not.toMatch(/pass|YWRh|Authorization/i);
    expect(authorizations[0]).toBeDefined();
  });

  it('keeps wrong credentials out of the reason why it could not start', async () => {
    const { port } = await serveRepository(makeRepository());

    const { state, lines } = await run({
      command: 'true',
      gitRepo: `http://ada:wrong-pw@127.0.0.1:${port}/repository.git`,
    });

    expect(state).toMatchObject({ endedBy: 'failed-to-start' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('wrong-pw');
  });

  it('can be killed while the repository is fetched', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    const { port } = silent.address() as AddressInfo;
    const { start, untilEnded, taskExecutor, logAggregator } = await openLocalTasks(isolation);
    const executionId = await start({ command: 'true', gitRepo: `http://127.0.0.1:${port}/r.git` });

    await taskExecutor.killTask(ctx, executionId);

    expect(await untilEnded(executionId)).toMatchObject({ endedBy: 'kill', exitCode: 130 });
    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    expect(events.map(({ message }) => message)).toEqual(['refacet: killed on request']);
  });

  it('does not let the environment of the request reach git', async () => {
    const { lines } = await run({
      command: 'true',
      gitRepo: `file://${makeRepository()}`,
      env: {
        GIT_TRACE: '1',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'alias.clone',
        GIT_CONFIG_VALUE_0: '!touch /tmp/x',
      },
    });

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^refacet: checked out/);
  });
});

describe('a token for GitHub', () => {
  it('reaches git by its environment alone, and no message', async () => {
    const { path, directory } = makeTattlingGit();
    const { start, untilEnded, logAggregator } = await openLocalTasks('none', { settings: { path } });
    const executionId = await start({
      command: 'true',
      gitRepo: 'https://github.com/o/r.git',
      env: { GITHUB_TOKEN: 'ghp_planted' },
    });
    await untilEnded(executionId);

    const encoded = Buffer.from('x-access-token:ghp_planted').toString('base64');
    expect(readFileSync(join(directory, 'environment'), 'utf8')).toContain(
      `GIT_CONFIG_KEY_0=http.https://github.com/.extraHeader\n`,
    );
    expect(readFileSync(join(directory, 'environment'), 'utf8')).toContain(
      `GIT_CONFIG_VALUE_0=Authorization: Basic ${encoded}\n`,
    );
    expect(readFileSync(join(directory, 'arguments'), 'utf8').split('\n')).toEqual([
      'clone',
      '--quiet',
      '--depth=1',
      '--template=',
      '--branch=main',
      '--',
      'https://github.com/o/r.git',
      '.',
      '',
    ]);
    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    expect(events).toHaveLength(1);
    expect(events[0]?.message).toMatch(
      /^refacet: could not start: git could not fetch https:\/\/github.com\/o\/r.git/,
    );
    expect(events[0]?.message).not.toContain(encoded);
  });
});

/** All that a start needs, and no `git`. */
function makeDirectoryWithMkfifo(): string {
  const directory = makeDirectory();
  const mkfifo = execFileSync('sh', ['-c', 'command -v mkfifo']).toString().trim();
  execFileSync('ln', ['-s', mkfifo, join(directory, 'mkfifo')]);
  return directory;
}
