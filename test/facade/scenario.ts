import fc from 'fast-check';
import type { ExecutionRequest } from '../../src/contracts/index.js';

/** An image as a scenario names it: by what it will be when the step is reached, so that most steps find something. */
export type ImageArgument =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'registered'; readonly nth: number; readonly by: 'id' | 'reference' };

/** A task by its number among those started so far, or one that there never was. */
export type TaskArgument = number | 'unknown' | 'empty';

/** One step: a call of a `Runner`, or something that happens to a task. */
export type Step =
  | {
      readonly step: 'startTask';
      readonly image: ImageArgument | undefined;
      readonly request: Omit<ExecutionRequest, 'image'>;
    }
  | { readonly step: 'killTask'; readonly task: TaskArgument }
  | {
      readonly step: 'registerImage';
      readonly image: string;
      readonly isDefault: boolean | undefined;
      readonly taskRole: string | undefined;
      readonly executionRole: string | undefined;
      readonly cpu: number | undefined;
      readonly memory: number | undefined;
      readonly platform: string | undefined;
    }
  | { readonly step: 'listImages' }
  | { readonly step: 'getImage'; readonly image: ImageArgument }
  | { readonly step: 'removeImage'; readonly image: ImageArgument }
  | { readonly step: 'fetchLogsByExecutionId'; readonly task: TaskArgument }
  | { readonly step: 'fetchBackendLogs'; readonly request: number }
  | { readonly step: 'begin' | 'print' | 'end'; readonly task: number };

const reference = fc.constantFrom(
  'alpine',
  'alpine:3.18',
  'docker.io/alpine:3.18',
  'ghcr.io/alpine:3.18',
  'hashicorp/terraform:1.6',
  'myapp:build-1a2b3c4d',
  '',
);

const imageArgument: fc.Arbitrary<ImageArgument> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('registered' as const),
      nth: fc.nat(5),
      by: fc.constantFrom('id' as const, 'reference' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      text: fc.oneof(reference, fc.constantFrom('nothing:like-deadbeef', 'unknown')),
    }),
  },
);

const taskArgument: fc.Arbitrary<TaskArgument> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(5) },
  { weight: 1, arbitrary: fc.constantFrom('unknown' as const, 'empty' as const) },
);

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const role = maybe(fc.constantFrom('', 'reader', 'writer'));

/** Requests with every member of the contract but the image; members may be absent or `undefined`. */
export const requestWithoutImage: fc.Arbitrary<Omit<ExecutionRequest, 'image'>> = fc.record(
  {
    command: fc.string({ maxLength: 10 }),
    env: maybe(
      fc.dictionary(fc.constantFrom('A', 'B', '1'), fc.string({ maxLength: 3 }), { noNullPrototype: true }),
    ),
    secretVarNames: maybe(fc.array(fc.constantFrom('A', 'B'), { maxLength: 2 })),
    secrets: maybe(fc.array(fc.constantFrom('one', 'two'), { maxLength: 2 })),
    gitRepo: maybe(fc.constantFrom('', 'https://example.com/repo.git')),
    gitRef: maybe(fc.constantFrom('', 'main')),
    gitPath: maybe(fc.constantFrom('', 'docs')),
    timeout: maybe(fc.nat(60)),
  },
  { requiredKeys: ['command'] },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      step: fc.constant('registerImage' as const),
      image: reference,
      isDefault: maybe(fc.boolean()),
      taskRole: role,
      executionRole: role,
      cpu: maybe(fc.constantFrom(0, 256, 1024)),
      memory: maybe(fc.constantFrom(0, 512, 2048)),
      platform: maybe(fc.constantFrom('', 'Linux/ARM64', 'Linux/X86_64')),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      step: fc.constant('startTask' as const),
      image: maybe(imageArgument),
      request: requestWithoutImage,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constantFrom('begin' as const, 'print' as const, 'end' as const),
      task: fc.nat(5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('killTask' as const), task: taskArgument }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('listImages' as const) }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('getImage' as const), image: imageArgument }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('removeImage' as const), image: imageArgument }) },
  {
    weight: 2,
    arbitrary: fc.record({ step: fc.constant('fetchLogsByExecutionId' as const), task: taskArgument }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ step: fc.constant('fetchBackendLogs' as const), request: fc.nat(30) }),
  },
);

/** Up to thirty steps; plain data, so that a failure replays and shrinks. */
export const scenario: fc.Arbitrary<Step[]> = fc.array(step, { maxLength: 30, size: 'max' });
