import { posix } from 'node:path';

import { AppError } from '../../contracts/index.js';
import type { TaskRequest } from '../../contracts/index.js';
import type { CheckoutInstruction } from './task-supervisor.js';

/** Where `git` runs. */
export interface CheckoutPlace {
  readonly path: string;
  readonly home: string;
}

/** What of a request's environment reaches `git`: the way to the network, nothing that could make it run a program. */
const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);
const githubPrefix = 'https://github.com/';

/**
 * What the supervisor needs to fetch a request's repository; `undefined` without one. Credentials, from the URL or as
 * `GITHUB_TOKEN` for GitHub, become a header in the environment of `git`: there they reach no log, no argument list
 * and no configuration of the checkout.
 *
 * @throws AppError `INVALID_REQUEST` for a path that leaves the checkout, and for what `git` would take for an option.
 */
export function planCheckout(
  { gitRepo, gitRef, gitPath, env = {} }: TaskRequest,
  { path, home }: CheckoutPlace,
): CheckoutInstruction | undefined {
  if (gitRepo === undefined || gitRepo === '') return undefined;
  for (const [name, value] of Object.entries({ git_repo: gitRepo, git_ref: gitRef, git_path: gitPath })) {
    if (value !== undefined && /\p{Cc}/u.test(value)) {
      throw new AppError('INVALID_REQUEST', `${name} contains a control character`);
    }
  }
  if (gitRepo.startsWith('-')) throw new AppError('INVALID_REQUEST', 'git_repo is not a repository');
  const { url, header, secrets } = separateCredentials(gitRepo, env['GITHUB_TOKEN'] ?? '');
  const proxies = Object.fromEntries(
    proxyVariables.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
  return {
    url,
    ref: gitRef === undefined || gitRef === '' ? 'main' : gitRef,
    path: pathInCheckout(gitPath ?? ''),
    environment: {
      PATH: path,
      HOME: home,
      LANG: 'C.UTF-8',
      GIT_TERMINAL_PROMPT: '0',
      // Never a transport that is a program of the requester's choice.
      GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
      ...proxies,
      ...(header === undefined
        ? {}
        : {
            GIT_CONFIG_COUNT: '1',
            GIT_CONFIG_KEY_0: `http.${new URL(url).origin}/.extraHeader`,
            GIT_CONFIG_VALUE_0: header,
          }),
    },
    secrets,
  };
}

interface SeparateCredentials {
  readonly url: string;
  readonly header?: string;
  readonly secrets: readonly string[];
}

function separateCredentials(gitRepo: string, githubToken: string): SeparateCredentials {
  if (githubToken !== '' && gitRepo.startsWith(githubPrefix)) {
    return { url: gitRepo, ...basicHeader('x-access-token', githubToken) };
  }
  const url = /^https?:/i.test(gitRepo) && URL.canParse(gitRepo) ? new URL(gitRepo) : undefined;
  if (url === undefined || (url.username === '' && url.password === '')) return { url: gitRepo, secrets: [] };
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const header = basicHeader(decode(username), decode(password));
  return { url: url.href, ...header, secrets: [...header.secrets, `${username}:${password}`, password] };
}

function basicHeader(user: string, password: string): { header: string; secrets: string[] } {
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  return {
    header: `Authorization: Basic ${encoded}`,
    secrets: [encoded, password].filter((text) => text !== ''),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A percent sign that stands for itself.
    return part;
  }
}

function pathInCheckout(gitPath: string): string {
  const path = posix.normalize(gitPath.replace(/^\//, '') || '.');
  if (path === '..' || path.startsWith('../') || path.startsWith('/')) {
    throw new AppError('INVALID_REQUEST', 'git_path leaves the checkout');
  }
  return path;
}
