import { describe, expect, it } from 'vitest';

import type { TaskRequest } from '../../contracts/index.js';
import { checkTaskRequest } from './check-task-request.js';

const check = (request: Partial<TaskRequest>) => (): void =>
  checkTaskRequest({ imageId: 'alpine', command: 'true', ...request });
const kib = 1024;

describe('a request', () => {
  it.each<[string, Partial<TaskRequest>]>([
    ['the longest command', { command: 'x'.repeat(128 * kib - 1) }],
    ['the longest variable', { env: { A: 'x'.repeat(128 * kib - 3) } }],
    ['strange names of variables', { env: { 'a b': '', 'é-1': '=', '1': 'x' } }],
    ['no limit on its time', { timeout: 0 }],
    ['a limit on its time', { timeout: 86_400 }],
  ])('can be run with %s', (_, request) => {
    expect(check(request)).not.toThrow();
  });

  it.each<[Partial<TaskRequest>, string]>([
    [{ command: 'x'.repeat(128 * kib) }, 'command exceeds 128 KiB'],
    [{ command: 'é'.repeat(64 * kib) }, 'command exceeds 128 KiB'],
    [{ command: 'a\0b' }, 'command contains a NUL character'],
    [{ env: { LONG: 'x'.repeat(128 * kib) } }, 'environment variable "LONG" exceeds 128 KiB'],
    [{ env: { '': 'x' } }, 'an environment variable has no name'],
    [{ env: { 'A=B': 'x' } }, 'the name of environment variable "A=B" contains "=" or NUL'],
    [{ env: { 'A\0B': 'x' } }, 'the name of environment variable "A\\u0000B" contains "=" or NUL'],
    [{ env: { A: 'secret\0' } }, 'environment variable "A" contains a NUL character'],
    [
      {
        env: Object.fromEntries(
          Array.from({ length: 8 }, (_, index) => [`V${index}`, 'x'.repeat(120 * kib)]),
        ),
      },
      'the environment variables exceed 896 KiB in all',
    ],
    [
      { env: Object.fromEntries(Array.from({ length: 2501 }, (_, index) => [`V${index}`, ''])) },
      'more than 2500 environment variables',
    ],
    [{ timeout: -1 }, 'timeout must be a whole number of seconds, 0 or more'],
    [{ timeout: 0.5 }, 'timeout must be a whole number of seconds, 0 or more'],
    [{ timeout: Number.NaN }, 'timeout must be a whole number of seconds, 0 or more'],
    [{ timeout: Number.MAX_SAFE_INTEGER }, 'timeout exceeds 1000000000 seconds'],
  ])('is refused: case %#', (request, message) => {
    expect(check(request)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST', message }));
  });
});
