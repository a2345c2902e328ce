import { ref } from '../../src/testing/index.js';
import type { Call, Race } from '../../src/testing/index.js';
import {
  advance,
  backendLogs,
  get,
  kill,
  list,
  logs,
  print,
  register,
  remove,
  start,
} from './canonical-calls.js';

const alpine = 'alpine:latest-c5c74c0e';

/** Where every race begins: two images, the first the default, and a task that runs and has printed. */
const before: readonly Call[] = [
  register('alpine'),
  register('ubuntu'),
  start(alpine),
  advance('RUNNING'),
  print(2),
];

/** One call of each kind, eight requests at most, so that every order of every pair can be tried. */
const racing: readonly Call[] = [
  register('busybox'),
  register('alpine', { isDefault: true }),
  register('debian', { isDefault: true }),
  remove(ref('imageIds', 0)),
  list,
  get('ubuntu'),
  get(''),
  start(alpine),
  kill(),
  logs(),
  backendLogs(),
];

/** Every pair, a call with itself included. */
export const races: readonly Race[] = racing.flatMap((one, index) =>
  racing.slice(index).map((other) => ({ before, together: [one, other] })),
);
