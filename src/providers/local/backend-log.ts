import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Where the server writes its own log: a destination for pino. */
export interface BackendLog {
  readonly directory: string;
  /** Adds whole lines. Never throws: a log that cannot be written must not take the server down. */
  write(lines: string): void;
  close(): void;
}

/** How much of the server's own log is kept. */
export interface BackendLogOptions {
  /** Bytes after which a new file is begun. Default 16 MiB. */
  readonly fileBytes?: number | undefined;
  /** Files that are kept, the current one included. Default 5. */
  readonly files?: number | undefined;
}

const defaultFileBytes = 16 * 1024 * 1024;
const defaultFiles = 5;
const fileName = 'backend.log';

/** Names of the files of a backend log, the newest first. */
export function backendLogPaths(directory: string, files = defaultFiles): string[] {
  return Array.from({ length: files }, (_, age) =>
    join(directory, age === 0 ? fileName : `${fileName}.${age}`),
  );
}

/** Opens the server's own log in a directory, which is made when it is missing; for its owner alone. */
export function openBackendLog(
  directory: string,
  { fileBytes = defaultFileBytes, files = defaultFiles }: BackendLogOptions = {},
): BackendLog {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const paths = backendLogPaths(directory, files);
  const [current = join(directory, fileName)] = paths;
  let file: number | undefined = openSync(current, 'a', 0o600);
  let size = fstatSync(file).size;
  let lostLines = 0;

  function rotate(): void {
    if (file !== undefined) closeSync(file);
    file = undefined;
    for (let age = paths.length - 1; age > 0; age -= 1) {
      const [newer, older] = [paths[age - 1], paths[age]];
      if (newer !== undefined && older !== undefined) moveIfThere(newer, older);
    }
    if (paths.length === 1) rmSync(current, { force: true });
    file = openSync(current, 'a', 0o600);
    size = 0;
  }

  function append(text: string): void {
    if (file === undefined) return;
    // A write that the disk took in part leaves a line without its end; the next one begins behind a new line.
    size += writeSync(file, text);
  }

  return {
    directory,
    write(lines) {
      try {
        if (size > 0 && size + Buffer.byteLength(lines) > fileBytes) rotate();
        if (lostLines > 0) {
          append(`\n${JSON.stringify({ level: 40, msg: 'the disk took no log', lostLines })}\n`);
          lostLines = 0;
        }
        append(lines);
      } catch {
        // Full disk: counted, and said once there is room again.
        lostLines += 1;
      }
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
