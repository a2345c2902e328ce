/** What the sidecar container has to prepare. */
export interface SidecarScriptOptions {
  /** How many variables the `.env` file holds. */
  readonly variableCount: number;
  readonly hasGit: boolean;
}

/** Variables of the sidecar that are not the user's. */
export const sidecarVariables = {
  volume: 'RUNVOY_SHARED_VOLUME_PATH',
  envFile: 'RUNVOY_ENV_FILE',
  gitUsername: 'RUNVOY_GIT_USERNAME',
  gitPassword: 'RUNVOY_GIT_PASSWORD',
  /** Read by nobody in the container: what a task tells of itself when its record is lost. */
  imageId: 'RUNVOY_IMAGE_ID',
  requestId: 'RUNVOY_REQUEST_ID',
} as const;

/**
 * The script of the sidecar container: writes the `.env` file, then checks the repository out. It holds no value of the
 * request; those come as variables, and git asks for credentials only while it clones.
 */
export function sidecarScript({ variableCount, hasGit }: SidecarScriptOptions): string {
  return [
    'set -e',
    '',
    ...(variableCount === 0 ? noEnvFile : envFile(variableCount)),
    '',
    ...(hasGit ? checkout : noCheckout),
    '',
    "echo '### runvoy sidecar: Sidecar completed successfully'",
  ].join('\n');
}

const noEnvFile = ["echo '### runvoy sidecar: No RUNVOY_USER_* variables found, skipping .env creation'"];

function envFile(variableCount: number): string[] {
  return [
    "echo '### runvoy sidecar: Creating .env file from user environment variables'",
    'ENV_FILE_PATH="${RUNVOY_SHARED_VOLUME_PATH}/.env"',
    'rm -f "${ENV_FILE_PATH}"',
    // As one value: shells drop variables whose names they could not have set themselves.
    `printf '%s' "\${RUNVOY_ENV_FILE}" > "\${ENV_FILE_PATH}"`,
    `echo '### runvoy sidecar: .env file created with ${variableCount} variables at' "\${ENV_FILE_PATH}"`,
  ];
}

/** Answers git's question for credentials from the environment, which no log and no argument shows. */
const credentialHelper = String.raw`!f() { printf "username=%s\npassword=%s\n" "$RUNVOY_GIT_USERNAME" "$RUNVOY_GIT_PASSWORD"; }; f`;

const checkout = [
  'apk add --no-cache git',
  'GIT_REF="${GIT_REF:-main}"',
  'CLONE_PATH="${RUNVOY_SHARED_VOLUME_PATH}/repo"',
  'echo "### runvoy sidecar: Cloning ${GIT_REPO} (ref: ${GIT_REF})"',
  'if [ -n "${RUNVOY_GIT_USERNAME}" ]; then',
  `  git -c credential.helper= -c credential.helper='${credentialHelper}' clone --depth 1 --branch "\${GIT_REF}" "\${GIT_REPO}" "\${CLONE_PATH}"`,
  'else',
  '  git clone --depth 1 --branch "${GIT_REF}" "${GIT_REPO}" "${CLONE_PATH}"',
  'fi',
  "echo '### runvoy sidecar: Clone completed successfully'",
  'if [ -f "${RUNVOY_SHARED_VOLUME_PATH}/.env" ]; then',
  '  cp "${RUNVOY_SHARED_VOLUME_PATH}/.env" "${CLONE_PATH}/.env"',
  "  echo '### runvoy sidecar: .env file copied to repo directory'",
  'fi',
  'ls -la "${CLONE_PATH}"',
];

const noCheckout = ["echo '### runvoy sidecar: No git repository specified, exiting'"];
