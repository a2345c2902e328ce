import type { ExecutionRequest } from '../../src/contracts/index.js';
import { workspacePath } from './task-definition.js';

/** The checkout that a request asks for. */
export interface GitSettings {
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
export function gitSettings(request: ExecutionRequest): GitSettings | undefined {
  const { gitRepo = '', gitRef = '', gitPath = '', env = {} } = request;
  if (gitRepo === '') return undefined;
  const authenticatedUrl = withToken(gitRepo, env['GITHUB_TOKEN'] ?? '');
  return {
    authenticatedUrl,
    maskedUrl: authenticatedUrl.replace(/(https?:\/\/)[^/@]+@([^/]+)/g, '$1***@$2'),
    ref: gitRef === '' ? 'main' : gitRef,
    path: gitPath,
    workingDirectory: workingDirectory(gitPath),
  };
}

/** The token goes in as it is; it may hold characters that a URL or a replacement pattern would read. */
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
