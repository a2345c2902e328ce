import { trimWhiteSpace } from './trim-white-space.js';

/** What the sidecar container has to prepare. */
export interface SidecarScriptOptions {
  /** Names of the user's variables, in the order in which they are written. */
  readonly envNames: readonly string[];
  /** Write each variable by its name instead of from the output of `env`. */
  readonly hasSecrets: boolean;
  readonly hasGit: boolean;
}

/** The script of the sidecar container: writes the `.env` file, then checks the repository out. */
export function sidecarScript({ envNames, hasSecrets, hasGit }: SidecarScriptOptions): string {
  const lines = [
    'set -e',
    '',
    ...(envNames.length === 0 ? noEnvFile : envFile(hasSecrets ? envNames.flatMap(byName) : fromEnv)),
    '',
    ...(hasGit ? checkout : noCheckout),
    '',
    "echo '### runvoy sidecar: Sidecar completed successfully'",
  ];
  return trimWhiteSpace(lines.join('\n'));
}

const noEnvFile = ["echo '### runvoy sidecar: No RUNVOY_USER_* variables found, skipping .env creation'"];

function envFile(writing: readonly string[]): string[] {
  return [
    "echo '### runvoy sidecar: Creating .env file from user environment variables'",
    'ENV_FILE_PATH="${RUNVOY_SHARED_VOLUME_PATH}/.env"',
    'rm -f "${ENV_FILE_PATH}"',
    '# Write the variables without their prefix',
    ...writing,
    'if [ -f "${ENV_FILE_PATH}" ]; then',
    `  echo '### runvoy sidecar: .env file created with' "$(wc -l < "\${ENV_FILE_PATH}")" 'variables at' "\${ENV_FILE_PATH}"`,
    'else',
    "  echo '### runvoy sidecar: No .env file created'",
    'fi',
  ].map((line) => `  ${line}`);
}

function byName(name: string): string[] {
  return [
    `if [ -n "\${RUNVOY_USER_${name}+x}" ]; then`,
    `  printf '%s=%s\\n' "${name}" "\${RUNVOY_USER_${name}}" >> "\${ENV_FILE_PATH}" 2>/dev/null`,
    'fi',
  ];
}

const fromEnv = [
  "env | grep '^RUNVOY_USER_' | while IFS='=' read -r key value; do",
  '  env_key="${key#RUNVOY_USER_}"',
  `  printf '%s=%s\\n' "\${env_key}" "\${value}" >> "\${ENV_FILE_PATH}"`,
  'done',
];

const checkout = [
  'apk add --no-cache git',
  'GIT_REF="${GIT_REF:-main}"',
  'CLONE_PATH="${RUNVOY_SHARED_VOLUME_PATH}/repo"',
  'echo "### runvoy sidecar: Cloning ${GIT_REPO} (ref: ${GIT_REF})"',
  'git clone --depth 1 --branch "${GIT_REF}" "${GIT_REPO}" "${CLONE_PATH}"',
  "echo '### runvoy sidecar: Clone completed successfully'",
  'if [ -f "${RUNVOY_SHARED_VOLUME_PATH}/.env" ]; then',
  '  cp "${RUNVOY_SHARED_VOLUME_PATH}/.env" "${CLONE_PATH}/.env"',
  "  echo '### runvoy sidecar: .env file copied to repo directory'",
  'fi',
  'ls -la "${CLONE_PATH}"',
];

const noCheckout = ["echo '### runvoy sidecar: No git repository specified, exiting'"];
