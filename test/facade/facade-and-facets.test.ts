import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LegacyRunner } from '../../legacy/index.js';
import type { ImageInfo } from '../../src/contracts/index.js';
import { assertProperty } from '../support/assert-property.js';
import { createInMemoryFacets, createSteppingClock } from '../support/in-memory-facets.js';
import type { InMemoryFacets } from '../support/in-memory-facets.js';
import { outcomeOf, spelledOut } from './outcome.js';
import type { ImageArgument, Step, TaskArgument } from './scenario.js';
import { scenario } from './scenario.js';

const user = 'ann@example.com';

/** One world on which steps are taken, through the facade or past it. */
interface World {
  readonly facets: InMemoryFacets;
  readonly take: (step: Step, images: readonly ImageInfo[], requestId: string) => unknown;
}

function nthOf<T>(list: readonly T[], nth: number): T | undefined {
  return list.length === 0 ? undefined : list[nth % list.length];
}

function imageText(argument: ImageArgument, images: readonly ImageInfo[]): string {
  if (argument.kind === 'text') return argument.text;
  const image = nthOf(images, argument.nth);
  return (argument.by === 'id' ? image?.imageId : image?.image) ?? 'alpine';
}

function taskId(facets: InMemoryFacets, task: TaskArgument): string {
  if (task === 'empty') return '';
  return (typeof task === 'number' ? nthOf(facets.tasks.ids(), task) : undefined) ?? 'no-such-task';
}

function happen(facets: InMemoryFacets, step: Extract<Step, { step: 'begin' | 'print' | 'end' }>): void {
  const executionId = nthOf(facets.tasks.ids(), step.task);
  if (executionId === undefined) return;
  if (step.step === 'begin') facets.tasks.begin(executionId);
  if (step.step === 'print') facets.tasks.print(executionId, `line of ${executionId}`);
  if (step.step === 'end') facets.tasks.end(executionId, step.task);
}

function createFacadeWorld(): World {
  const facets = createInMemoryFacets({ now: createSteppingClock() });
  const runner = new LegacyRunner(facets);
  return {
    facets,
    take(step, images, requestId) {
      const ctx = { requestId };
      switch (step.step) {
        case 'startTask': {
          const image = step.image === undefined ? undefined : imageText(step.image, images);
          return runner.startTask(ctx, user, { ...step.request, image });
        }
        case 'killTask':
          return runner.killTask(ctx, taskId(facets, step.task));
        case 'registerImage': {
          const { image, isDefault, taskRole, executionRole, cpu, memory, platform } = step;
          return runner.registerImage(
            ctx,
            image,
            isDefault,
            taskRole,
            executionRole,
            cpu,
            memory,
            platform,
            user,
          );
        }
        case 'listImages':
          return runner.listImages(ctx);
        case 'getImage':
          return runner.getImage(ctx, imageText(step.image, images));
        case 'removeImage':
          return runner.removeImage(ctx, imageText(step.image, images));
        case 'fetchLogsByExecutionId':
          return runner.fetchLogsByExecutionId(ctx, taskId(facets, step.task));
        case 'fetchBackendLogs':
          return runner.fetchBackendLogs(ctx, `request-${step.request}`);
        case 'begin':
        case 'print':
        case 'end':
          happen(facets, step);
          return undefined;
      }
    },
  };
}

/** What each step means in terms of facets, written by hand: the facade is never its own oracle. */
function createFacetsWorld(): World {
  const facets = createInMemoryFacets({ now: createSteppingClock() });
  const { taskExecutor, imageRegistry, logAggregator, backendObservability } = facets;
  return {
    facets,
    take(step, images, requestId) {
      const ctx = { requestId };
      switch (step.step) {
        case 'startTask': {
          const image = step.image === undefined ? '' : imageText(step.image, images);
          return imageRegistry
            .resolveImage(ctx, image)
            .then((imageId) => taskExecutor.startTask(ctx, user, { ...step.request, imageId }));
        }
        case 'killTask':
          return taskExecutor.killTask(ctx, taskId(facets, step.task));
        case 'registerImage':
          return imageRegistry.registerImage(ctx, {
            image: step.image,
            registeredBy: user,
            ...(step.isDefault === undefined ? {} : { isDefault: step.isDefault }),
            permissions: { taskRole: step.taskRole, executionRole: step.executionRole },
            resources: { cpu: step.cpu, memory: step.memory },
            runtime: { platform: step.platform },
          });
        case 'listImages':
          return imageRegistry.listImages(ctx);
        case 'getImage': {
          const image = imageText(step.image, images);
          return image === '' ? imageRegistry.getDefaultImage(ctx) : imageRegistry.getImage(ctx, image);
        }
        case 'removeImage':
          return imageRegistry.removeImage(ctx, imageText(step.image, images));
        case 'fetchLogsByExecutionId':
          return logAggregator.fetchExecutionLogs(ctx, taskId(facets, step.task));
        case 'fetchBackendLogs':
          return backendObservability.fetchBackendLogs(ctx, `request-${step.request}`);
        case 'begin':
        case 'print':
        case 'end':
          happen(facets, step);
          return undefined;
      }
    },
  };
}

/** Everything that later calls could notice. */
async function stateOf({ taskObserver, imageRegistry }: InMemoryFacets): Promise<unknown> {
  const tasks = [];
  for await (const task of taskObserver.listTasks({})) tasks.push(task);
  return { images: await imageRegistry.listImages({}), tasks };
}

describe('the facade', () => {
  it('behaves as its facets do, in value, error and state, over any sequence of calls', async () => {
    const seen = new Map<string, number>();

    await assertProperty(
      'facade ≡ facets',
      1000,
      fc.asyncProperty(scenario, async (steps) => {
        const facade = createFacadeWorld();
        const facets = createFacetsWorld();
        for (const [index, step] of steps.entries()) {
          const requestId = `request-${index}`;
          const images = await facets.facets.imageRegistry.listImages({});
          for (const world of [facade, facets]) world.facets.logBackend(requestId, step.step);

          const actual = await outcomeOf(() => facade.take(step, images, requestId));
          const expected = await outcomeOf(() => facets.take(step, images, requestId));

          expect(spelledOut(actual)).toStrictEqual(spelledOut(expected));
          expect(await stateOf(facade.facets)).toStrictEqual(await stateOf(facets.facets));
          const outcome = `${step.step} ${expected.kind}`;
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        }
      }),
    );

    // What the scenarios never reached, the property says nothing about.
    if (process.env['FC_PATH'] === undefined) {
      for (const outcome of [
        ...['startTask', 'killTask', 'getImage', 'removeImage', 'fetchLogsByExecutionId'].flatMap(
          (method) => [`${method} returned`, `${method} rejected`],
        ),
        ...['registerImage', 'listImages', 'fetchBackendLogs'].map((method) => `${method} returned`),
      ]) {
        expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThanOrEqual(20);
      }
    }
  });
});
