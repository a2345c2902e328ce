import type { ContainerOverride, KeyValuePair } from '@aws-sdk/client-ecs';
import { gitSettings } from '../../../legacy/aws-runner/git-settings.js';
import { mainScript } from '../../../legacy/aws-runner/main-script.js';
import { sidecarScript } from '../../../legacy/aws-runner/sidecar-script.js';
import type { ExecutionRequest } from '../../../src/contracts/index.js';
import type { StatedWorld } from './stated-world.js';

/** A request and what else its scripts name. */
export interface ScriptedRequest extends ExecutionRequest {
  readonly requestId: string;
  readonly imageId: string;
}

interface Checkout {
  readonly url: string;
  readonly shownUrl: string;
  readonly username: string;
  readonly password: string;
  readonly ref: string;
  readonly path: string;
  readonly folder: string;
}

/** What both containers run. What no row has repaired is the original's text. */
export function containerOverrides({ has }: StatedWorld, request: ScriptedRequest): ContainerOverride[] {
  const git = checkoutOf(has, request);
  const variables = Object.entries(request.env ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const runner = [
    { name: 'RUNVOY_COMMAND', value: request.command },
    ...variables.map(([name, value]) => ({ name, value })),
  ];
  return [
    {
      name: 'sidecar',
      command: ['/bin/sh', '-c', sidecarText(has, request, variables)],
      environment: sidecarEnvironment(has, request, variables, git),
    },
    { name: 'runner', command: ['/bin/sh', '-c', runnerText(has, request, git)], environment: runner },
  ];
}

type Has = StatedWorld['has'];
type Variables = readonly (readonly [string, string])[];

function checkoutOf(has: Has, request: ScriptedRequest): Checkout | undefined {
  const original = gitSettings(request);
  if (!original) return undefined;
  const { gitRepo = '', env = {} } = request;
  const { authenticatedUrl, maskedUrl, ref, path, workingDirectory: folder } = original;
  const common = { ref, path, folder };
  if (!has('no-token-in-sight'))
    return { ...common, url: authenticatedUrl, shownUrl: maskedUrl, username: '', password: '' };

  const authority = /^https?:\/\/([^/?#]*)@/i.exec(gitRepo)?.[1];
  if (authority !== undefined) {
    const [username = '', ...password] = authority.split(':');
    return {
      ...common,
      url: gitRepo.replace(`${authority}@`, ''),
      shownUrl: gitRepo.replace(`${authority}@`, '***@'),
      username: decodeURIComponent(username),
      password: decodeURIComponent(password.join(':')),
    };
  }
  const token = gitRepo.startsWith('https://github.com/') ? (env['GITHUB_TOKEN'] ?? '') : '';
  return {
    ...common,
    url: gitRepo,
    shownUrl: token === '' ? gitRepo : gitRepo.replace('https://', 'https://***@'),
    username: token === '' ? '' : 'x-access-token',
    password: token,
  };
}

function sidecarEnvironment(
  has: Has,
  { imageId, requestId }: ScriptedRequest,
  variables: Variables,
  git: Checkout | undefined,
): KeyValuePair[] {
  const isExact = has('an-exact-env-file');
  const text = variables.map(([name, value]) => `${name}=${value}\n`).join('');
  const all: Variables = [
    ['RUNVOY_SHARED_VOLUME_PATH', '/workspace'],
    ...(isExact && variables.length > 0 ? [['RUNVOY_ENV_FILE', text] as const] : []),
    ...(has('no-token-in-sight')
      ? [
          ['RUNVOY_GIT_USERNAME', git?.username ?? ''] as const,
          ['RUNVOY_GIT_PASSWORD', git?.password ?? ''] as const,
        ]
      : []),
    ...(has('tasks-describe-themselves')
      ? [['RUNVOY_IMAGE_ID', imageId] as const, ['RUNVOY_REQUEST_ID', requestId] as const]
      : []),
    ...(isExact ? [] : variables.map(([name, value]) => [`RUNVOY_USER_${name}`, value] as const)),
    ...variables,
  ];
  const isFirst = ([name]: readonly [string, string], position: number): boolean =>
    all.findIndex(([other]) => other === name) === position;
  return [
    ...all.filter(isFirst).map(([name, value]) => ({ name, value })),
    { name: 'GIT_REPO', value: git?.url ?? '' },
    ...(git ? [{ name: 'GIT_REF', value: git.ref }] : []),
  ];
}

/** Four parts with an empty line between them: the second writes `.env`, the third checks out. */
function sidecarText(has: Has, request: ScriptedRequest, variables: Variables): string {
  const hasGit = (request.gitRepo ?? '') !== '';
  const original = sidecarScript({
    envNames: variables.map(([name]) => name),
    hasSecrets: (request.secretVarNames ?? []).length > 0,
    hasGit,
  });
  const [head = '', envFile = '', checkout = '', end = ''] = original.split('\n\n');
  return [
    head,
    has('an-exact-env-file') && variables.length > 0 ? exactEnvFile(variables.length) : envFile,
    has('no-token-in-sight') && hasGit ? tokenless(checkout) : checkout,
    end,
  ].join('\n\n');
}

function exactEnvFile(count: number): string {
  return `echo '### runvoy sidecar: Creating .env file from user environment variables'
ENV_FILE_PATH="\${RUNVOY_SHARED_VOLUME_PATH}/.env"
rm -f "\${ENV_FILE_PATH}"
printf '%s' "\${RUNVOY_ENV_FILE}" > "\${ENV_FILE_PATH}"
echo '### runvoy sidecar: .env file created with ${count} variables at' "\${ENV_FILE_PATH}"`;
}

function tokenless(checkout: string): string {
  const clone = 'clone --depth 1 --branch "${GIT_REF}" "${GIT_REPO}" "${CLONE_PATH}"';
  const answer = String.raw`!f() { printf "username=%s\npassword=%s\n" "$RUNVOY_GIT_USERNAME" "$RUNVOY_GIT_PASSWORD"; }; f`;
  return checkout.replace(`git ${clone}`, () =>
    [
      'if [ -n "${RUNVOY_GIT_USERNAME}" ]; then',
      `  git -c credential.helper= -c credential.helper='${answer}' ${clone}`,
      'else',
      `  git ${clone}`,
      'fi',
    ].join('\n'),
  );
}

function runnerText(has: Has, request: ScriptedRequest, git: Checkout | undefined): string {
  const { requestId, imageId, command } = request;
  if (!has('a-command-runs-once')) {
    const settings = git && {
      authenticatedUrl: git.url,
      maskedUrl: git.shownUrl,
      ref: git.ref,
      path: git.path,
      workingDirectory: git.folder,
    };
    return mainScript({ requestId, image: imageId, command, git: settings });
  }
  const quote = (text: string): string => `'${text.split("'").join("'\\''")}'`;
  const say = (format: string, ...values: readonly string[]): string =>
    `printf '### ${format}\\n' ${values.map(quote).join(' ')}`;
  const checkout = git
    ? [
        `cd ${quote(git.folder)}`,
        say('Checked out repo => %s (ref: %s) (path: %s)', git.shownUrl, git.ref, git.path),
        say('Working directory => %s', git.folder),
      ]
    : [];
  return [
    'set -e',
    '',
    say('runvoy runner execution started by requestID => %s', requestId),
    say('Image ID => %s', imageId),
    ...checkout,
    '',
    say('runvoy command => %s', command),
    command,
  ]
    .join('\n')
    .trim();
}
