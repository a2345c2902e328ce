import { AppError } from '../../contracts/index.js';
import type { TaskRequest } from '../../contracts/index.js';

/** Linux takes no longer string in an argument list or an environment, the ending NUL included. */
const stringLimit = 128 * 1024;
/** Below what Linux and macOS take for all arguments and variables together. */
const environmentLimit = 1024 * 1024 - stringLimit;
/** What the sandbox takes in options, with room for its own. */
const variableLimit = 2500;
/** Some thirty years: added to any clock, still a date. */
const timeoutLimit = 1_000_000_000;

/**
 * Refuses what could not be run here, before anything is recorded.
 *
 * @throws AppError `INVALID_REQUEST` that names what is wrong, never its value.
 */
export function checkTaskRequest({ command, env = {}, timeout = 0 }: TaskRequest): void {
  if (command.includes('\0')) throw refusal('command contains a NUL character');
  if (Buffer.byteLength(command) >= stringLimit) throw refusal('command exceeds 128 KiB');
  if (!Number.isInteger(timeout) || timeout < 0) {
    throw refusal('timeout must be a whole number of seconds, 0 or more');
  }
  if (timeout > timeoutLimit) throw refusal(`timeout exceeds ${timeoutLimit} seconds`);
  const variables = Object.entries(env);
  if (variables.length > variableLimit) throw refusal(`more than ${variableLimit} environment variables`);
  let total = 0;
  for (const [name, value] of variables) {
    checkVariable(name, value);
    total += Buffer.byteLength(name) + Buffer.byteLength(value);
  }
  if (total > environmentLimit) throw refusal('the environment variables exceed 896 KiB in all');
}

function checkVariable(name: string, value: string): void {
  if (name === '') throw refusal('an environment variable has no name');
  const shown = JSON.stringify(name.slice(0, 100));
  if (/[=\0]/.test(name)) throw refusal(`the name of environment variable ${shown} contains "=" or NUL`);
  if (value.includes('\0')) throw refusal(`environment variable ${shown} contains a NUL character`);
  if (Buffer.byteLength(name) + Buffer.byteLength(value) + 2 > stringLimit) {
    throw refusal(`environment variable ${shown} exceeds 128 KiB`);
  }
}

const refusal = (message: string): AppError => new AppError('INVALID_REQUEST', message);
