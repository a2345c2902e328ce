import { describe, expect, it } from 'vitest';

import { gitCheckout } from './git-checkout.js';

const checkout = (gitRepo: string, env: Record<string, string> = {}) =>
  gitCheckout({ command: 'make', imageId: 'alpine:latest-c5c74c0e', gitRepo, env });

describe('the token of the environment', () => {
  const env = { GITHUB_TOKEN: 'ghp_x' };

  it('goes to GitHub, and is never part of a URL', () => {
    expect(checkout('https://github.com/o/r.git', env)).toMatchObject({
      url: 'https://github.com/o/r.git',
      maskedUrl: 'https://***@github.com/o/r.git',
      credentials: { username: 'x-access-token', password: 'ghp_x' },
    });
  });

  it.each([
    'https://evil.example/github.com/o/r.git',
    'https://github.com.evil.example/o/r.git',
    'http://github.com/o/r.git',
    'ssh://https://github.com/o/r.git',
    'git@github.com:o/r.git',
  ])('goes to nobody else: %s', (gitRepo) => {
    expect(checkout(gitRepo, env)).toMatchObject({ url: gitRepo, credentials: undefined });
  });

  it('stays where it is when the URL has credentials of its own', () => {
    expect(checkout('https://ada:own@github.com/o/r.git', env)?.credentials).toEqual({
      username: 'ada',
      password: 'own',
    });
  });
});

describe('credentials in a URL', () => {
  it.each([
    ['https://ada@host/o/r', { username: 'ada', password: '' }],
    ['https://ada:pa:ss@host/o/r', { username: 'ada', password: 'pa:ss' }],
    ['HTTP://a%40b:%2F@host/o/r', { username: 'a@b', password: '/' }],
    ['https://ada:100%@host/o/r', { username: 'ada', password: '100%' }],
    ['https://ada:p@ss@host/o/r', { username: 'ada', password: 'p@ss' }],
  ])('are taken out of it: %s', (gitRepo, credentials) => {
    const found = checkout(gitRepo);

    expect(found?.credentials).toEqual(credentials);
    expect(found?.url).toMatch(/^https?:\/\/host\/o\/r$/i);
    expect(found?.maskedUrl).toMatch(/^https?:\/\/\*\*\*@host\/o\/r$/i);
  });

  it.each(['https://host/o/r@v1', 'https://host?user=a@b', 'https://host#a@b'])(
    'end where the host does: %s',
    (gitRepo) => {
      expect(checkout(gitRepo)).toMatchObject({ url: gitRepo, maskedUrl: gitRepo, credentials: undefined });
    },
  );
});

it('is nothing where no repository is named, and `main` where no ref is', () => {
  expect(checkout('')).toBeUndefined();
  expect(checkout('https://host/o/r')?.ref).toBe('main');
});
