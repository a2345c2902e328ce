import type { Runner } from '../legacy/runner.js';
import type { Cloud } from '../test/aws-model/cloud.js';
import { advanceTask } from '../test/aws-model/ecs/task-life.js';
import { putEvent } from '../test/aws-model/logs/logs-state.js';
import { worldEvents } from '../test/equivalence/world-events.js';
import { deployment } from '../test/equivalence/world-settings.js';
import type { AwsCallLaboratory } from './aws-call-laboratory.js';

/** A call whose cost is compared. */
export interface AwsCallCase {
  readonly method: keyof Runner;
  readonly situation: string;
  /** Brings the world about; resolves to the ID that the call is about, if to any. */
  readonly prepare?: (laboratory: AwsCallLaboratory) => Promise<string | undefined>;
  readonly call: (runner: Runner, id: string) => Promise<unknown>;
  /** What is promised. More is promised by the name of the divergence that it belongs to. */
  readonly claim: 'fewer' | 'no more' | { readonly more: string };
}

const ctx = { requestId: 'req-1' };
const me = 'dev@example.com';
const alpine = 'alpine:latest-c5c74c0e';

const register = (image: string, isDefault?: boolean) => (runner: Runner) =>
  runner.registerImage(ctx, image, isDefault, undefined, undefined, undefined, undefined, undefined, me);
const start = (image: string) => (runner: Runner) => runner.startTask(ctx, me, { command: 'make', image });
const get = (image: string) => (runner: Runner) => runner.getImage(ctx, image);
const kill = (runner: Runner, id: string) => runner.killTask(ctx, id);
const logs = (runner: Runner, id: string) => runner.fetchLogsByExecutionId(ctx, id);

const { 'world.registerRevision': addRevision, 'world.writeAttribute': writeAttribute } = worldEvents as {
  readonly 'world.registerRevision': (cloud: Cloud, imageId: string) => void;
  readonly 'world.writeAttribute': (cloud: Cloud, imageId: string, name: string, value: undefined) => void;
};

/** Two images, the first the default. */
const images = async (laboratory: AwsCallLaboratory): Promise<undefined> => {
  await laboratory.go(register('alpine'));
  await laboratory.go(register('ubuntu:22.04'));
};

/** Tasks of the default image; resolves to the ID of the last one. */
const tasks =
  (many: number, status?: 'RUNNING' | 'STOPPED', lines = 0) =>
  async (laboratory: AwsCallLaboratory): Promise<string> => {
    await images(laboratory);
    for (let index = 0; index < many; index++) await laboratory.go(start(alpine));
    const id = [...laboratory.state.ecs.tasks.values()].at(-1)?.id ?? '';
    laboratory.change(({ state, context }) => {
      if (status) advanceTask(state.ecs, id, 'RUNNING', context);
      if (status === 'STOPPED') advanceTask(state.ecs, id, 'STOPPED', context);
      for (let line = 0; line < lines; line++) {
        const event = { timestamp: 1_000 * line, message: `line ${line}` };
        putEvent(state.logs, deployment.logGroup, `task/runner/${id}`, event);
      }
    });
    return id;
  };

/** The default image with so many task definitions. */
const revisions =
  (many: number) =>
  async (laboratory: AwsCallLaboratory): Promise<string> => {
    await images(laboratory);
    laboratory.change((cloud) => {
      for (let revision = 1; revision < many; revision++) addRevision(cloud, alpine);
    });
    return alpine;
  };

/** More rows than a page of DynamoDB holds. */
const manyImages = async (laboratory: AwsCallLaboratory): Promise<undefined> => {
  await images(laboratory);
  laboratory.change(({ state }) => {
    const items = state.dynamodb.tables.get(deployment.imagesTable)?.items;
    const [item] = items?.values() ?? [];
    for (let index = 0; item && index < 3_000; index++) {
      const { is_default_placeholder: _, ...unmarked } = item;
      const image_id = { S: `copy:${index}-c5c74c0e` };
      items?.set(JSON.stringify([image_id, null]), { ...unmarked, image_id });
    }
  });
};

const of = (
  method: keyof Runner,
  situation: string,
  claim: AwsCallCase['claim'],
  call: AwsCallCase['call'],
  prepare: NonNullable<AwsCallCase['prepare']> = images,
): AwsCallCase => ({ method, situation, prepare, call, claim });

/** One for each way through the methods; one line of the table each. */
export const awsCallCases: readonly AwsCallCase[] = [
  of('startTask', 'by ID', 'no more', start(alpine)),
  of('startTask', 'the default', 'fewer', start('')),
  of('startTask', 'by a reference as it was registered', 'no more', start('alpine')),
  of('startTask', 'by a reference spelt differently', 'fewer', start('docker.io/alpine:latest')),
  of('startTask', 'by an unknown reference', 'fewer', start('nope:1')),
  of('startTask', 'by an unknown ID', { more: 'image-lookup' }, start('nope:1-00000000')),

  of(
    'startTask',
    'the default, whose row has lost its reference',
    { more: 'start-by-id' },
    start(''),
    async (laboratory) => {
      await images(laboratory);
      laboratory.change((cloud) => writeAttribute(cloud, alpine, 'image', undefined));
      return undefined;
    },
  ),

  of('killTask', 'running', 'fewer', kill, tasks(1, 'RUNNING')),
  of('killTask', 'starting', 'no more', kill, tasks(1)),
  of('killTask', 'running, behind a hundred others', 'no more', kill, tasks(102, 'RUNNING')),
  of('killTask', 'ended', 'fewer', kill, tasks(1, 'STOPPED')),
  of('killTask', 'unknown', 'fewer', (runner) => kill(runner, '0'.repeat(32))),
  of('killTask', 'no ID at all', 'fewer', (runner) => kill(runner, 'zzz')),

  of('registerImage', 'the first one', 'no more', register('alpine'), async () => undefined),
  of('registerImage', 'another one', 'no more', register('debian')),
  of('registerImage', 'another one as the default', 'fewer', register('debian', true)),
  of('registerImage', 'a registered one as the default', 'fewer', register('ubuntu:22.04', true)),
  of('registerImage', 'a registered one again', 'no more', register('ubuntu:22.04')),
  of('registerImage', 'with two roles', 'no more', (runner) =>
    runner.registerImage(ctx, 'a:1', undefined, 'my-task-role', 'my-exec-role', 1024, 2048, undefined, me),
  ),
  of('registerImage', 'with a role that is not there', 'no more', (runner) =>
    runner.registerImage(ctx, 'a:1', undefined, 'no-role', undefined, undefined, undefined, undefined, me),
  ),
  of(
    'registerImage',
    'the same name in another registry',
    { more: 'registry-in-the-id' },
    register('gcr.io/alpine'),
  ),

  of('registerImage', 'one that ECS refuses', { more: 'registry-in-the-id' }, register('')),

  of('listImages', 'a page', 'no more', (runner) => runner.listImages(ctx)),
  of(
    'listImages',
    'more than a page',
    { more: 'pages-to-the-end' },
    (runner) => runner.listImages(ctx),
    manyImages,
  ),

  of('getImage', 'by ID', 'no more', get(alpine)),
  of('getImage', 'the default', 'no more', get('')),
  of('getImage', 'by a reference as it was registered', 'no more', get('alpine')),
  of('getImage', 'by a reference spelt differently', 'fewer', get('docker.io/alpine:latest')),
  of('getImage', 'by an unknown reference', 'fewer', get('nope:1')),
  of('getImage', 'by an unknown ID', { more: 'image-lookup' }, get('nope:1-00000000')),
  of(
    'getImage',
    'by a reference that looks like an ID',
    { more: 'image-lookup' },
    get('app:build-1a2b3c4d'),
    async (laboratory) => {
      await laboratory.go(register('app:build-1a2b3c4d'));
      return undefined;
    },
  ),

  of('removeImage', 'of one revision', 'fewer', (runner) => runner.removeImage(ctx, alpine)),
  of('removeImage', 'of ten revisions', 'fewer', (runner) => runner.removeImage(ctx, alpine), revisions(10)),
  of(
    'removeImage',
    'of 25 revisions',
    { more: 'deletes-in-tens' },
    (runner) => runner.removeImage(ctx, alpine),
    revisions(25),
  ),
  of('removeImage', 'unknown', 'no more', (runner) => runner.removeImage(ctx, 'nope:1-00000000')),
  of('removeImage', 'by reference', 'no more', (runner) => runner.removeImage(ctx, 'alpine')),

  of('fetchLogsByExecutionId', 'a page', 'no more', logs, tasks(1, 'RUNNING', 50)),
  of('fetchLogsByExecutionId', 'three pages', 'no more', logs, tasks(1, 'RUNNING', 250)),
  of('fetchLogsByExecutionId', 'no line yet', { more: 'the-sidecar-tells-why' }, logs, tasks(1, 'RUNNING')),

  of('fetchBackendLogs', 'a query of three seconds', { more: 'a-safe-and-patient-query' }, (runner) =>
    runner.fetchBackendLogs(ctx, 'req-1'),
  ),
  of('fetchBackendLogs', 'an ID that no request has', 'fewer', (runner) =>
    runner.fetchBackendLogs(ctx, 'a" or 1=1'),
  ),
];
