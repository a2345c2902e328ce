import type { TaskRequest } from '../../contracts/index.js';
import { workspacePath } from './containers.js';

/** The checkout that a request asks for. */
export interface GitCheckout {
  /** Without credentials, so that it may stand in logs, arguments and configurations. */
  readonly url: string;
  /** With what credentials were in it masked, for people. */
  readonly maskedUrl: string;
  /** What git is to answer when it is asked who comes. */
  readonly credentials: GitCredentials | undefined;
  readonly ref: string;
  /** The folder of the repository as it was asked for. */
  readonly path: string;
  /** Where the command runs. */
  readonly workingDirectory: string;
}

export interface GitCredentials {
  readonly username: string;
  readonly password: string;
}

/** What to check out, or `undefined` when the request names no repository. */
export function gitCheckout(request: TaskRequest): GitCheckout | undefined {
  const { gitRepo = '', gitRef = '', gitPath = '', env = {} } = request;
  if (gitRepo === '') return undefined;
  const { url, credentials } = takeCredentials(gitRepo, env['GITHUB_TOKEN'] ?? '');
  return {
    url,
    maskedUrl: credentials === undefined ? url : url.replace('://', '://***@'),
    credentials,
    ref: gitRef === '' ? 'main' : gitRef,
    path: gitPath,
    workingDirectory: workingDirectory(gitPath),
  };
}

/** A token is for GitHub alone, and for URLs that bring no credentials of their own. */
function takeCredentials(gitRepo: string, token: string): Pick<GitCheckout, 'url' | 'credentials'> {
  const match = /^(https?:\/\/)([^/?#]*)@(.*)$/is.exec(gitRepo);
  if (match !== null) {
    const [, scheme = '', userInfo = '', rest = ''] = match;
    const colon = userInfo.indexOf(':');
    const username = colon < 0 ? userInfo : userInfo.slice(0, colon);
    const password = colon < 0 ? '' : userInfo.slice(colon + 1);
    const credentials = { username: percentDecode(username), password: percentDecode(password) };
    return { url: `${scheme}${rest}`, credentials };
  }
  const isGitHub = gitRepo.startsWith('https://github.com/');
  const credentials = isGitHub && token !== '' ? { username: 'x-access-token', password: token } : undefined;
  return { url: gitRepo, credentials };
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function workingDirectory(gitPath: string): string {
  const repository = `${workspacePath}/repo`;
  const relative = gitPath.startsWith('/') ? gitPath.slice(1) : gitPath;
  return relative === '' || relative === '.' ? repository : `${repository}/${relative}`;
}
