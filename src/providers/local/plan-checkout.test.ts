import { describe, expect, it } from 'vitest';

import type { TaskRequest } from '../../contracts/index.js';
import { planCheckout } from './plan-checkout.js';

const plan = (request: Partial<TaskRequest>) =>
  planCheckout({ imageId: 'alpine', command: 'true', ...request }, { path: '/usr/bin', home: '/task/home' });
const basic = (text: string): string => `Authorization: Basic ${Buffer.from(text).toString('base64')}`;

describe('a checkout', () => {
  it.each([undefined, ''])('is not made without a repository: %j', (gitRepo) => {
    expect(plan({ gitRepo })).toBeUndefined();
  });

  it('takes the branch main and the root, and an environment of its own', () => {
    expect(
      plan({ gitRepo: 'https://example.com/r.git', env: { GIT_SSH_COMMAND: 'evil', PATH: '/evil' } }),
    ).toEqual({
      url: 'https://example.com/r.git',
      ref: 'main',
      path: '.',
      environment: {
        PATH: '/usr/bin',
        HOME: '/task/home',
        LANG: 'C.UTF-8',
        GIT_TERMINAL_PROMPT: '0',
        GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
      },
      secrets: [],
    });
  });

  it('goes through the proxy of the request', () => {
    const checkout = plan({
      gitRepo: 'https://example.com/r',
      env: { HTTPS_PROXY: 'http://p:1', no_proxy: 'x' },
    });

    expect(checkout?.environment).toMatchObject({ HTTPS_PROXY: 'http://p:1', no_proxy: 'x' });
  });

  it('makes a header of GITHUB_TOKEN for GitHub alone', () => {
    const env = { GITHUB_TOKEN: 'ghp_x' };

    const checkout = plan({ gitRepo: 'https://github.com/o/r.git', env });
    expect(checkout?.url).toBe('https://github.com/o/r.git');
    expect(checkout?.environment).toMatchObject({
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.https://github.com/.extraHeader',
      GIT_CONFIG_VALUE_0: basic('x-access-token:ghp_x'),
    });
    expect(checkout?.secrets).toContain('ghp_x');

    for (const gitRepo of [
      'https://github.com.evil.example/r',
      'http://github.com/o/r',
      'git@github.com:o/r',
    ]) {
      expect(plan({ gitRepo, env })?.environment).not.toHaveProperty('GIT_CONFIG_VALUE_0');
    }
  });

  it.each([
    ['https://user:p%40ss@example.com:8443/r.git', 'https://example.com:8443/r.git', 'user:p@ss'],
    ['http://token@example.com/r', 'http://example.com/r', 'token:'],
    ['HTTPS://u:100%25@example.com/r', 'https://example.com/r', 'u:100%'],
  ])('takes the credentials out of %s', (gitRepo, url, credentials) => {
    const checkout = plan({ gitRepo });

    expect(checkout?.url).toBe(url);
    expect(checkout?.environment['GIT_CONFIG_VALUE_0']).toBe(basic(credentials));
    expect(checkout?.environment['GIT_CONFIG_KEY_0']).toBe(`http.${new URL(url).origin}/.extraHeader`);
  });

  it.each([
    ['', '.'],
    ['/', '.'],
    ['.', '.'],
    ['/sub/', 'sub/'],
    ['a/../b', 'b'],
  ])('reads the path %j', (gitPath, path) => {
    expect(plan({ gitRepo: 'https://example.com/r', gitPath })?.path).toBe(path);
  });

  it.each([
    [{ gitPath: '..' }, 'git_path leaves the checkout'],
    [{ gitPath: 'a/../../b' }, 'git_path leaves the checkout'],
    [{ gitPath: '//etc' }, 'git_path leaves the checkout'],
    [{ gitRepo: '--upload-pack=x' }, 'git_repo is not a repository'],
    [{ gitRepo: 'https://example.com/r\nx' }, 'git_repo contains a control character'],
    [{ gitRef: 'a\0b' }, 'git_ref contains a control character'],
  ])('refuses %j', (request, message) => {
    expect(() => plan({ gitRepo: 'https://example.com/r', ...request })).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', message }),
    );
  });
});
