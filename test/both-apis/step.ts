import fc from 'fast-check';
import type { Provider } from '../../src/contracts/index.js';
import { type Person, people } from '../http/harness.js';
import { hostileSegments } from '../http/hostile-input.js';

/** One request, with places that only a running API can fill. */
export interface RequestStep {
  readonly kind: 'request';
  readonly who: Person | 'nobody';
  readonly method: string;
  /** `{request}` stands for the ID of the request that started the first task. */
  readonly path: string;
  readonly body?: unknown;
}

/** Something that a task does. */
export interface TaskStep {
  readonly kind: 'task';
  readonly number: number;
  readonly event: 'begin' | 'print' | 'end';
}

/** The next call of one method of the backend or of the records fails. */
export interface FaultStep {
  readonly kind: 'fault';
  readonly at: Fault;
  readonly how: 'classified' | 'unavailable' | 'unclassified';
}

export type Step = RequestStep | TaskStep | FaultStep;

/** What can fail: every method that the migrated code calls. */
export const faults = [
  ['taskExecutor', 'startTask'],
  ['taskExecutor', 'killTask'],
  ['imageRegistry', 'resolveImage'],
  ['imageRegistry', 'registerImage'],
  ['imageRegistry', 'listImages'],
  ['imageRegistry', 'getImage'],
  ['imageRegistry', 'removeImage'],
  ['imageRegistry', 'getImagesByRequestId'],
  ['logAggregator', 'fetchExecutionLogs'],
  ['backendObservability', 'fetchBackendLogs'],
  ['executions', 'createExecution'],
  ['executions', 'transition'],
  ['secrets', 'findSecret'],
  ['streamTokens', 'createStreamToken'],
] as const satisfies readonly (readonly [keyof Provider, string])[];
export type Fault = (typeof faults)[number];

const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
/** What a field holds when somebody mistakes its type. */
const mistaken = fc.constantFrom<unknown>(null, 17, '', [], {}, true, -1, 1.5);
const field = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: sometimes(value) }, { weight: 1, arbitrary: mistaken });

const image = fc.constantFrom('alpine:3.18', 'alpine:3.18-ddecce05', 'ghcr.io/acme/tool:2', 'unknown:1', '');
const segment = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('alpine:3.18', 'alpine:3.18-ddecce05', 'acme%2Ftool:2', 'a/b:1') },
  { weight: 1, arbitrary: fc.constantFrom(...hostileSegments) },
);
const execution = fc.constantFrom('task-1', 'task-1', 'task-2', 'task-3', 'unknown', '%20');

const runBody = fc.record({
  command: field(fc.constantFrom('make', 'true', ' ')),
  image: field(image),
  env: field(fc.dictionary(fc.constantFrom('A', 'LEVEL', 'TOKEN'), fc.constantFrom('', '1'))),
  secrets: field(fc.subarray(['planted', 'unknown', ' '])),
  git_repo: field(fc.constantFrom('https://example.com/a.git', '')),
  git_ref: field(fc.constant('main')),
  timeout: field(fc.constantFrom(0, 60)),
});

const registrationBody = fc.record({
  image: field(fc.constantFrom('alpine:3.18', 'ghcr.io/acme/tool:2', 'a/b:1', '')),
  is_default: field(fc.boolean()),
  task_role_name: field(fc.constantFrom('reader', '')),
  task_execution_role_name: field(fc.constantFrom('puller', '')),
  cpu: field(fc.constantFrom(0, 256, 1024)),
  memory: field(fc.constantFrom(0, 512)),
  runtime_platform: field(fc.constantFrom('Linux/ARM64', 'Linux/X86_64', 'Windows', '')),
});

const methodAndPath = (method: string, path: fc.Arbitrary<string>, body?: fc.Arbitrary<unknown>) =>
  fc.record({
    kind: fc.constant('request' as const),
    who: fc.constantFrom<Person | 'nobody'>('admin', 'admin', 'developer', ...people, 'nobody'),
    method: fc.constant(method),
    path,
    ...(body === undefined ? {} : { body }),
  });

const request: fc.Arbitrary<RequestStep> = fc.oneof(
  { weight: 6, arbitrary: methodAndPath('POST', fc.constant('/run'), runBody) },
  { weight: 3, arbitrary: methodAndPath('POST', fc.constant('/images/register'), registrationBody) },
  {
    weight: 4,
    arbitrary: methodAndPath(
      'GET',
      execution.map((id) => `/executions/${id}/logs`),
    ),
  },
  {
    weight: 3,
    arbitrary: methodAndPath(
      'DELETE',
      execution.map((id) => `/executions/${id}`),
    ),
  },
  {
    weight: 2,
    arbitrary: methodAndPath(
      'GET',
      execution.map((id) => `/executions/${id}/status`),
    ),
  },
  { weight: 1, arbitrary: methodAndPath('GET', fc.constant('/executions')) },
  { weight: 1, arbitrary: methodAndPath('GET', fc.constant('/images')) },
  {
    weight: 3,
    arbitrary: methodAndPath(
      'GET',
      segment.map((text) => `/images/${text}`),
    ),
  },
  {
    weight: 3,
    arbitrary: methodAndPath(
      'DELETE',
      segment.map((text) => `/images/${text}`),
    ),
  },
  { weight: 3, arbitrary: methodAndPath('GET', fc.constantFrom('/trace/{request}', '/trace/unknown')) },
  { weight: 1, arbitrary: methodAndPath('PATCH', fc.constantFrom('/run', '/images', '/executions/task-1')) },
);

/** A step of a day in the life of an API, faults included. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: request },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('task' as const),
      number: fc.integer({ min: 1, max: 3 }),
      event: fc.constantFrom('begin' as const, 'print' as const, 'end' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      at: fc.constantFrom(...faults),
      how: fc.constantFrom('classified' as const, 'unavailable' as const, 'unclassified' as const),
    }),
  },
);
