import { ref } from '../../src/testing/index.js';
import type { Call, Scenario } from '../../src/testing/index.js';
import {
  addRevision,
  advance,
  backendLogs,
  get,
  kill,
  list,
  logs,
  print,
  printBackend,
  register,
  remove,
  start,
  write,
} from './canonical-calls.js';

const alpine = 'alpine:latest-c5c74c0e';
const sized = { cpu: 1024, memory: 2048 };
const terraform = register('hashicorp/terraform:1.6', {
  ...sized,
  taskRole: 'my-task-role',
  executionRole: 'my-exec-role',
  platform: 'Linux/X86_64',
});
const git = {
  command: 'make test',
  env: { GITHUB_TOKEN: 'planted-secret', A: '1' },
  secretVarNames: ['GITHUB_TOKEN'],
  gitRepo: 'https://github.com/o/r.git',
  gitPath: '/sub',
};
const structured = JSON.stringify({ time: '2025-11-21T01:00:24.951407774Z', request_id: 'req-1' });
const running = [register('alpine'), start(alpine), advance('RUNNING')];

/** One scenario for each path through the eight methods. The sweep puts every fault at every request of each. */
const sequences: Readonly<Record<string, readonly Call[]>> = {
  'register the first image': [register('alpine:latest'), list, get('')],
  'register a sized image with roles': [register('alpine'), terraform, get('hashicorp/terraform:1.6')],
  'register as the new default': [register('alpine'), register('ubuntu:22.04', { isDefault: true }), get('')],
  'register without the mark': [register('alpine', { isDefault: false }), get('')],
  'register the same again': [
    register('alpine'),
    register('alpine'),
    register('alpine', { isDefault: false }),
  ],
  'register the same as default': [
    register('alpine'),
    register('ubuntu', { isDefault: true }),
    register('alpine', { isDefault: true }),
    get(''),
  ],
  'register from another registry': [
    terraform,
    { ...terraform, args: terraform.args.with(1, 'gcr.io/hashicorp/terraform:1.6') },
  ],
  'mark a row that does not exist': [
    register('alpine', sized),
    register('alpine', { ...sized, isDefault: true }),
    list,
    get(''),
  ],
  'register with a role that does not exist': [register('alpine', { taskRole: 'missing-role' })],
  'register on a platform that does not exist': [
    register('a:1', { cpu: 0, platform: 'Windows/X', taskRole: '' }),
    get('a:1'),
  ],
  'register an empty tag twice': [register('alpine:'), register('alpine:'), get('')],
  'register nothing': [register('')],
  'list images of two names': [register('b'), register('a'), register('a', sized), list],
  'get by everything that finds it': [
    register('alpine'),
    get('alpine'),
    get('docker.io/alpine:latest'),
    get(alpine),
  ],
  'get what is not there': [get(''), get('nope:1'), get('nope:1-00000000')],
  'get a reference that looks like an ID': [register('myapp:build-1a2b3c4d'), get('myapp:build-1a2b3c4d')],
  'read a row of another kind': [
    register('alpine'),
    write('cpu', { S: '256.0' }),
    list,
    get(alpine),
    get(''),
  ],
  'remove an image': [register('alpine'), addRevision, addRevision, addRevision, remove(alpine), list],
  'remove by reference': [register('alpine'), remove('alpine')],
  'remove what is not there': [remove('alpine:latest-00000000')],
  'remove a row without a family': [
    register('alpine'),
    write('task_definition_family', { S: '' }),
    remove(alpine),
  ],
  'start by ID': [register('alpine'), start(alpine)],
  'start by reference': [register('alpine'), start('alpine')],
  'start the default': [register('alpine'), start('')],
  'start without an image': [register('alpine'), start(undefined)],
  'start what is not registered': [start('nope:1'), start('nope:1-00000000'), start('')],
  'start with a repository and secrets': [register('alpine'), start(alpine, git)],
  'start after the definition is gone': [register('alpine'), addRevision, remove(alpine), start(alpine)],
  'kill a running task': [...running, kill(), kill()],
  'kill a starting task': [register('alpine'), start(alpine), kill()],
  'kill an ended task': [...running, advance('STOPPED'), kill()],
  'kill what is not there': [kill('zzz'), kill('')],
  'kill with many tasks': [
    ...running,
    start(alpine),
    start(alpine),
    start(alpine),
    advance('RUNNING', 3),
    kill(ref('tasks', 3)),
  ],
  'read a log of several pages': [...running, print(7), logs()],
  'read a log that is not there yet': [...running, logs(), logs('')],
  'read a log whose stream is empty': [...running, print(0), logs()],
  'search the backend': [printBackend(structured), printBackend('plain'), backendLogs()],
  'search the backend for something else': [
    printBackend(structured),
    backendLogs('a" or 1=1'),
    backendLogs('a"b'),
  ],
  'search that fails': [{ method: 'world.endQueriesAs', args: ['Failed', 1] }, backendLogs()],
  'search that never ends': [{ method: 'world.endQueriesAs', args: ['Timeout', 2] }, backendLogs()],
  'search without log groups': [{ method: 'world.removeLogGroups', args: [] }, backendLogs()],
};

/** By name; the scenarios alone are what sweeps take. */
export const canonicalScenarios: ReadonlyMap<string, Scenario> = new Map(
  Object.entries(sequences).map(([name, calls]) => [name, { calls }]),
);
