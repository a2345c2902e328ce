import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './documents.js';

/** What one block printed, and how it ended. */
export interface BlockOutcome {
  readonly output: string;
  readonly exitCode: number;
}

const adminKey = 'key-of-the-documentation-test';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/**
 * What a reader's shell has that the test's must not do for real: the clone is built already, and the tests that
 * `npm test` would run are the ones that are running.
 */
const npmStandIn = `
npm() {
  case "$*" in
    ci | test | 'run '*) : ;;
    start | 'run start:legacy')
      REFACET_ADMIN_EMAIL=admin@example.com REFACET_ADMIN_KEY=${adminKey} REFACET_LOG_LEVEL=error \\
        node "$REFACET_ROOT/dist/$([ "$*" = start ] && echo src || echo legacy)/main.js" > server.log 2>&1 &
      SERVER=$!
      for _ in $(seq 100); do
        curl -sf "http://127.0.0.1:$PORT/api/v1/health" > /dev/null && return 0
        sleep 0.1
      done
      cat server.log; return 1 ;;
    *) echo "the documentation test does not know: npm $*"; return 1 ;;
  esac
}
npx() {
  local tool=$1; shift
  case "$tool" in
    refacet) node "$REFACET_ROOT/dist/codemods/cli/main.js" "$@" ;;
    tsc) node "$REFACET_ROOT/node_modules/typescript/bin/tsc" "$@" ;;
    vitest) node "$REFACET_ROOT/node_modules/vitest/vitest.mjs" "$@" ;;
    *) echo "the documentation test does not know: npx $tool"; return 1 ;;
  esac
}
stop_server() { [ -z "\${SERVER:-}" ] || { kill "$SERVER"; wait "$SERVER"; SERVER=; }; }
trap stop_server EXIT
`;

const endOfBlock = /\n=== end of block (\d+)\n/;

/** Where the blocks of a document run. */
export interface ShellSession {
  /** Puts into the folder what is there before; without it, the folder is empty. */
  readonly prepare?: ((folder: string) => void) | undefined;
  /** Commands that have been run before. What they print is not told. */
  readonly before?: readonly string[] | undefined;
  /** What the shell's environment has beside that of the tests. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Runs the shell blocks of one document, in one shell, in a folder and against a server of their own. */
export async function runShellBlocks(
  blocks: readonly string[],
  { prepare, before = [], env = {} }: ShellSession = {},
): Promise<BlockOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'refacet-docs-'));
  const port = await freePort();
  const script = [
    npmStandIn,
    ...before.map((commands) => `{ ${commands}\n} > before.log 2>&1; rm before.log`),
    ...blocks.map((block) =>
      [
        block.replaceAll('56212', String(port)).replaceAll('the-key-that-the-server-printed', adminKey),
        `code=$?; echo; echo "=== end of block $code"`,
      ].join('\n'),
    ),
  ].join('\n');
  try {
    prepare?.(folder);
    const shell = spawn('bash', ['-c', script], {
      cwd: folder,
      env: {
        ...process.env,
        PORT: String(port),
        REFACET_HOME: join(folder, 'state'),
        REFACET_ROOT: root,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await new Promise((resolve) => shell.once('close', resolve));
    const pieces = printed.split(endOfBlock);
    return blocks.flatMap((_, index) => {
      const output = pieces[index * 2];
      const exitCode = pieces[index * 2 + 1];
      return output === undefined || exitCode === undefined ? [] : [{ output, exitCode: Number(exitCode) }];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
