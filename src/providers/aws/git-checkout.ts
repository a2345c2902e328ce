import type { TaskRequest } from '../../contracts/index.js';
import { workspacePath } from './containers.js';

/** The checkout that a request asks for. */
export interface GitCheckout {
  /** With the token of the environment in it, for the sidecar. */
  readonly authenticatedUrl: string;
  /** With credentials masked, for the log. */
  readonly maskedUrl: string;
  readonly ref: string;
  /** The folder of the repository as it was asked for. */
  readonly path: string;
  /** Where the command runs. */
  readonly workingDirectory: string;
}

/** What to check out, or `undefined` when the request names no repository. */
export function gitCheckout(request: TaskRequest): GitCheckout | undefined {
  const { gitRepo = '', gitRef = '', gitPath = '', env = {} } = request;
  if (gitRepo === '') return undefined;
  return {
    authenticatedUrl: withToken(gitRepo, env['GITHUB_TOKEN'] ?? ''),
    maskedUrl: maskCredentials(gitRepo),
    ref: gitRef === '' ? 'main' : gitRef,
    path: gitPath,
    workingDirectory: workingDirectory(gitPath),
  };
}

/** Replaces user and password of every URL in a text. */
export function maskCredentials(text: string): string {
  return text.replace(/(https?:\/\/)[^/@]+@([^/]+)/g, '$1***@$2');
}

/** The token goes in as it is; it may hold characters that a replacement pattern would read. */
function withToken(url: string, token: string): string {
  const scheme = 'https://';
  if (token === '' || !url.startsWith(`${scheme}github.com/`)) return url;
  return `${scheme}${token}@${url.slice(scheme.length)}`;
}

function workingDirectory(gitPath: string): string {
  const repository = `${workspacePath}/repo`;
  const relative = gitPath.startsWith('/') ? gitPath.slice(1) : gitPath;
  return relative === '' || relative === '.' ? repository : `${repository}/${relative}`;
}
