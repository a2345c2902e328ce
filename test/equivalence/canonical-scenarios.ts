import { ref } from '../../src/testing/index.js';
import type { Call, Fault, Scenario } from '../../src/testing/index.js';
import {
  addRevision,
  advance,
  backendLogs,
  ctx,
  failedSidecar,
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

const many = [1, 2, 3, 4, 5].map((number) => register(`image-${number}`));

function cancelled(occurrence: number, kind: string): Fault {
  return { operation: 'dynamodb.TransactWriteItems', occurrence, kind };
}

/** Others move the mark so many times. */
function outdated(times: number): readonly Fault[] {
  return Array.from({ length: times }, (_, index) => cancelled(index + 1, 'cancelled:conflict'));
}

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
  'register by the names of image tools': [
    register('a', { platform: 'linux/amd64' }),
    register('a', { platform: 'Linux/X86_64' }),
    register('a', { platform: 'linux/arm64', isDefault: true }),
    list,
  ],
  'register where another registry has the ID': [
    register('gcr.io/x/app:1'),
    register('x/app:1', { isDefault: true }),
    register('docker.io/x/app:1', { isDefault: true }),
    get('gcr.io/x/app:1'),
    get('x/app:1'),
  ],
  'switch among many defaults': [
    ...many,
    write('is_default_placeholder', { S: 'DEFAULT' }, 1),
    write('is_default_placeholder', { S: 'DEFAULT' }, 2),
    write('is_default_placeholder', { S: 'DEFAULT' }, 3),
    write('is_default_placeholder', { S: 'DEFAULT' }, 4),
    register('image-1', { isDefault: true }),
    list,
    get(''),
  ],
  'switch while others do': [
    register('alpine'),
    { ...register('debian', { isDefault: true }), faults: outdated(1) },
    { ...register('alpine', { isDefault: true }), faults: outdated(2) },
    { ...register('debian', { isDefault: true }), faults: outdated(3) },
    { ...register('busybox', { isDefault: true }), faults: outdated(3) },
    list,
  ],
  'store what somebody else has stored': [
    register('alpine'),
    { ...register('debian', { isDefault: true }), faults: [cancelled(1, 'cancelled:last')] },
    {
      ...register('debian', { isDefault: true }),
      faults: [cancelled(1, 'cancelled:last'), cancelled(2, 'cancelled:last')],
    },
    list,
  ],
  'find images behind the first page': [...many, list, get('image-5'), get('docker.io/image-5:latest')],
  'start an image behind the first page': [...many, start('image-5'), start('docker.io/image-4')],
  'prefer the default, then the smallest ID': [
    register('app', { cpu: 1024 }),
    register('app', { cpu: 2048, isDefault: true }),
    register('app', { memory: 1024 }),
    get('app'),
    get('docker.io/app'),
    register('other', { isDefault: true }),
    get('app'),
    get('docker.io/app'),
    get('gcr.io/app'),
  ],
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
  'remove an image of more revisions than ECS deletes at once': [
    register('alpine'),
    ...Array.from({ length: 12 }, () => addRevision),
    remove(alpine),
  ],
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
  'start with a time limit': [
    register('alpine'),
    start(alpine, { ...git, timeout: 60 }),
    start(alpine, { timeout: 0 }),
  ],
  'start without an image': [register('alpine'), start(undefined)],
  'start what is not registered': [start('nope:1'), start('nope:1-00000000'), start('')],
  'start with a repository and secrets': [register('alpine'), start(alpine, git)],
  'start with quotes, credentials and a path': [
    register('alpine'),
    start(alpine, {
      command: `echo "it's"; printf '%s' "$A"\n`,
      env: { B: "it's", A: 'a=b', '1': 'two\nlines', GIT_REPO: 'mine', RUNVOY_ENV_FILE: 'mine' },
      gitRepo: 'https://us%40er:planted-secret@host/o/r.git',
      gitRef: "v'1",
      gitPath: "a b/it's",
    }),
    start(alpine, { ...git, gitRepo: 'http://user@host/o', gitPath: '.' }),
    start(alpine, { ...git, gitRepo: 'https://gitlab.com/o/r', gitRef: 'v1', gitPath: '' }),
    { method: 'startTask', args: [{}, '', { command: ' \n', image: alpine, env: {} }] },
  ],
  'start after the definition is gone': [register('alpine'), addRevision, remove(alpine), start(alpine)],
  'start an image whose definition somebody has deregistered': [
    register('alpine'),
    { method: 'world.deregisterAll', args: [] },
    start(alpine),
    start('docker.io/alpine'),
  ],
  'kill a running task': [...running, kill(), kill()],
  'kill a starting task': [register('alpine'), start(alpine), kill()],
  'kill an ended task': [...running, advance('STOPPED'), kill()],
  'kill what is stopping, on its way down and gone': [
    ...running,
    start(alpine),
    advance('DEACTIVATING'),
    kill(),
    advance('STOPPING'),
    kill(),
    advance('DEPROVISIONING'),
    kill(),
    advance('STOPPED'),
    { method: 'world.forgetEndedTasks', args: [] },
    kill(ref('result:startTask.executionId', 0)),
  ],
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
  'read why the sidecar failed': [
    register('alpine'),
    start(alpine),
    ...failedSidecar,
    logs(),
    advance('STOPPED'),
    logs(),
    { method: 'world.forgetEndedTasks', args: [] },
    logs(ref('result:startTask.executionId', 0)),
    logs('no-task'),
  ],
  'search the backend': [printBackend(structured), printBackend('plain'), backendLogs()],
  'search the backend for something else': [
    printBackend(structured),
    backendLogs('a" or 1=1'),
    backendLogs('a"b'),
  ],
  'search that fails': [{ method: 'world.endQueriesAs', args: ['Failed', 1] }, backendLogs()],
  'search that never ends': [{ method: 'world.endQueriesAs', args: ['Timeout', 2] }, backendLogs()],
  'search that is told nothing for long': [
    { method: 'world.endQueriesAs', args: ['Complete', 22] },
    printBackend(structured),
    backendLogs(),
    { method: 'world.endQueriesAs', args: ['Complete', 40] },
    backendLogs(),
  ],
  'search more groups than one query takes': [
    {
      method: 'world.addLogGroups',
      args: [51, { timestamp: 1_763_686_824_951, message: JSON.stringify({ requestId: 'req-1' }) }],
    },
    backendLogs(),
  ],
  'search without log groups': [{ method: 'world.removeLogGroups', args: [] }, backendLogs()],
};

/** By name; the scenarios alone are what sweeps take. */
export const canonicalScenarios: ReadonlyMap<string, Scenario> = new Map(
  Object.entries(sequences).map(([name, calls]) => [name, { calls }]),
);

/** Too large to be put under every fault. */
export const largeScenarios: ReadonlyMap<string, Scenario> = new Map([
  [
    'read a log of more than an answer holds',
    {
      calls: [...running, { method: 'world.printMegabytes', args: [ref('tasks', 0), 35] }, logs()],
    },
  ],
]);

const moreGroups: Call = {
  method: 'world.addLogGroups',
  args: [4, { timestamp: 1_763_686_824_951, message: 'line' }],
};

function under(call: Call, operation: string, kind: string): Scenario {
  return { calls: [...running, { ...call, faults: [{ operation, occurrence: 1, kind }] }] };
}

/** Lists of more than one page, whose token comes again at some of them; the original goes on until it does not. */
function repeating(call: Call, operation: string, ...occurrences: readonly number[]): Scenario {
  const faults = occurrences.map((occurrence) => ({ operation, occurrence, kind: 'token-repeated' }));
  const revisions = Array.from({ length: 12 }, () => addRevision);
  return { calls: [...many, register('alpine'), ...revisions, moreGroups, { ...call, faults }] };
}

/** What rows are about that needs a fault. The sweep plays all of them, but does not tell the rows apart. */
export const faultyScenarios: readonly Scenario[] = [
  under(start(alpine), 'ecs.RunTask', 'partly-failed'),
  under(start(alpine), 'ecs.RunTask', 'members-missing'),
  under(start(alpine), 'dynamodb.GetItem', 'throttled'),
  under(kill(), 'ecs.DescribeTasks', 'partly-failed'),
  under(kill(), 'ecs.StopTask', 'answer-empty'),
  under(register('debian', { isDefault: false }), 'dynamodb.PutItem', 'throttled'),
  under(list, 'dynamodb.Scan', 'server-error'),
  under(logs(), 'logs.DescribeLogStreams', 'timed-out'),
  under(backendLogs(), 'logs.StartQuery', 'connection-reset'),
  { calls: [{ ...register('debian'), args: register('debian').args.with(0, { ...ctx, hangsUpAfter: 4 }) }] },
  repeating(backendLogs(), 'logs.DescribeLogGroups', 2, 3),
  repeating(remove(alpine), 'ecs.ListTaskDefinitions', 2, 3),
  repeating(list, 'dynamodb.Scan', 2),
];
