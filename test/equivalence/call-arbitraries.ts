import fc from 'fast-check';
import { ref } from '../../src/testing/index.js';
import type { Call } from '../../src/testing/index.js';
import { taskStatuses } from '../aws-model/ecs/ecs-state.js';
import { faultsFor } from './fault-arbitraries.js';
import { plantedSecret } from './world-settings.js';

const context = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom({ requestId: 'req-1' }, { requestId: 'req-2' }) },
  { weight: 1, arbitrary: fc.constantFrom({}, { requestId: '' }) },
  { weight: 1, arbitrary: fc.constant({ requestId: 'req-3', isAborted: true }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 6 }).map((hangsUpAfter) => ({ requestId: 'req-4', hangsUpAfter })),
  },
);
const references = [
  'alpine',
  'alpine:latest',
  'alpine:3.18',
  'alpine:',
  'docker.io/library/alpine:3.18',
  'library/alpine:3.18',
  'ubuntu:22.04',
  'hashicorp/terraform:1.6',
  'gcr.io/hashicorp/terraform:1.6',
  'localhost:5000/myimage:dev',
  'myapp:build-1a2b3c4d',
  'alpine@sha256:abc123def456',
  'app:v1/extra',
  '',
];
const reference = fc.constantFrom(...references);
const position = fc.nat(7);
/** What images are asked for by: mostly what there is, or was. */
const imageArgument = fc.oneof(
  { weight: 6, arbitrary: position.map((at) => ref('imageIds', at, 'alpine:latest-c5c74c0e')) },
  { weight: 3, arbitrary: position.map((at) => ref('references', at, 'alpine:latest')) },
  { weight: 3, arbitrary: reference },
  {
    weight: 1,
    arbitrary: fc.constantFrom('nope:1', 'alpine:latest-00000000', 'alpine:latest-C5C74C0E', 'x:-deadbeef'),
  },
);
const executionId = fc.oneof(
  { weight: 8, arbitrary: position.map((at) => ref('tasks', at, '0'.repeat(32))) },
  { weight: 2, arbitrary: position.map((at) => ref('result:startTask.executionId', at, 'none')) },
  { weight: 1, arbitrary: fc.constantFrom('', 'zzz', '0'.repeat(31), 'a/b') },
);

const taskRole = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(undefined, undefined, undefined, '', 'my-task-role', 'default') },
  { weight: 1, arbitrary: fc.constantFrom('missing-role', 'not a name') },
);
const executionRole = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(undefined, undefined, undefined, '', 'my-exec-role') },
  { weight: 1, arbitrary: fc.constant('missing-role') },
);
const registration = fc.tuple(
  context,
  reference,
  fc.constantFrom(undefined, undefined, true, false),
  taskRole,
  executionRole,
  fc.constantFrom(undefined, undefined, 256, 1024, 0),
  fc.constantFrom(undefined, undefined, 512, 2048),
  fc.constantFrom(undefined, undefined, '', 'Linux/ARM64', 'Linux/X86_64', 'Windows/X', 'linux/amd64'),
  fc.constantFrom('dev@example.com', 'ops@example.com', ''),
);

const variables = fc.dictionary(
  fc.constantFrom(
    'A',
    'RUNVOY_USER_A',
    'GITHUB_TOKEN',
    'GIT_REPO',
    'RUNVOY_COMMAND',
    'RUNVOY_SHARED_VOLUME_PATH',
    'my-var',
  ),
  fc.constantFrom('', '1', `${plantedSecret}-value`, 'a=b', 'two\nlines'),
  { maxKeys: 3, noNullPrototype: true },
);
const runRequest = fc.record(
  {
    command: fc.constantFrom(
      'echo hi',
      'make test',
      `curl -H ${plantedSecret}`,
      'echo "hi there"',
      ' \n',
      '',
    ),
    image: imageArgument,
    env: variables,
    secretVarNames: fc.constantFrom([], ['GITHUB_TOKEN'], ['A', 'my-var']),
    secrets: fc.constantFrom([], ['github-token']),
    gitRepo: fc.constantFrom(
      '',
      'https://github.com/o/r.git',
      `https://user:${plantedSecret}@github.com/o/r`,
      'git@host:o/r',
    ),
    gitRef: fc.constantFrom('', 'v1'),
    gitPath: fc.constantFrom('', '.', '/', 'a/b', '/sub', '../x'),
    timeout: fc.constantFrom(0, 60),
  },
  { requiredKeys: ['command'], noNullPrototype: true },
);

const lines = fc.array(
  fc.record(
    { timestamp: fc.constantFrom(1_000, 2_000, 3_000), message: fc.constantFrom('a', 'b', '') },
    { noNullPrototype: true },
  ),
  { minLength: 1, maxLength: 5 },
);
const backendLines = fc.array(
  fc.record(
    {
      timestamp: fc.constantFrom(1_763_686_824_951, 1_763_686_825_000),
      message: fc.constantFrom(
        'plain',
        JSON.stringify({ time: '2025-11-21T01:00:24.951407774Z', request_id: 'req-1' }),
        JSON.stringify({ time: '2025-11-21 01:00:24', request_id: 'req-1', level: 'INFO' }),
        JSON.stringify({ request_id: 'req-2' }),
      ),
    },
    { noNullPrototype: true },
  ),
  { minLength: 1, maxLength: 4 },
);
const attribute = fc.constantFrom<readonly [string, unknown]>(
  ['cpu', { S: '256.0' }],
  ['cpu', { N: '512' }],
  ['memory', { S: '' }],
  ['memory', { S: '+512' }],
  ['owned_by', { SS: ['a@example.com'] }],
  ['owned_by', { NULL: true }],
  ['owned_by', undefined],
  ['created_at', undefined],
  ['created_at', { S: 'yesterday' }],
  ['task_role_name', { NULL: true }],
  ['image', undefined],
  ['is_default_placeholder', { S: 'OTHER' }],
  ['is_default_placeholder', { S: 'DEFAULT' }],
  ['unknown', { BOOL: true }],
);

const call = <Args extends readonly unknown[]>(
  method: string,
  args: fc.Arbitrary<Args>,
): fc.Arbitrary<Call> =>
  fc
    .record({ method: fc.constant(method), args, faults: faultsFor(method) }, { noNullPrototype: true })
    .map(({ faults, ...bare }) => (faults.length === 0 ? bare : { ...bare, faults }));

/** Calls of all eight methods, and what happens in the world between them. */
export const calls: fc.Arbitrary<Call> = fc.oneof(
  { weight: 8, arbitrary: call('registerImage', registration) },
  { weight: 2, arbitrary: call('listImages', fc.tuple(context)) },
  { weight: 4, arbitrary: call('getImage', fc.tuple(context, imageArgument)) },
  { weight: 3, arbitrary: call('removeImage', fc.tuple(context, imageArgument)) },
  {
    weight: 7,
    arbitrary: call('startTask', fc.tuple(context, fc.constantFrom('dev@example.com', ''), runRequest)),
  },
  { weight: 5, arbitrary: call('killTask', fc.tuple(context, executionId)) },
  { weight: 4, arbitrary: call('fetchLogsByExecutionId', fc.tuple(context, executionId)) },
  {
    weight: 3,
    arbitrary: call(
      'fetchBackendLogs',
      fc.tuple(context, fc.constantFrom('req-1', 'req-2', '', 'a" or 1=1', 'a"b')),
    ),
  },
  {
    weight: 5,
    arbitrary: call(
      'world.advanceTask',
      fc.tuple(executionId, fc.constantFrom(...taskStatuses), fc.constantFrom(0, 1)),
    ),
  },
  {
    weight: 4,
    arbitrary: call(
      'world.printLines',
      fc.tuple(fc.constantFrom('runner', 'runner', 'sidecar'), executionId, lines),
    ),
  },
  { weight: 2, arbitrary: call('world.printBackendLines', fc.tuple(fc.nat(1), backendLines)) },
  {
    weight: 1,
    arbitrary: call(
      'world.endQueriesAs',
      fc.tuple(
        fc.constantFrom('Complete', 'Complete', 'Failed', 'Cancelled', 'Timeout', 'Unknown'),
        fc.constantFrom(0, 2, 40),
      ),
    ),
  },
  { weight: 1, arbitrary: call('world.removeLogGroups', fc.constant([])) },
  { weight: 1, arbitrary: call('world.forgetEndedTasks', fc.constant([])) },
  {
    weight: 2,
    arbitrary: call('world.registerRevision', fc.tuple(position.map((at) => ref('imageIds', at, '')))),
  },
  {
    weight: 1,
    arbitrary: call(
      'world.writeAttribute',
      fc
        .tuple(
          position.map((at) => ref('imageIds', at, '')),
          attribute,
        )
        .map(([id, [name, value]]) => [id, name, value]),
    ),
  },
);
