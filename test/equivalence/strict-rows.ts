import type { RunTaskCommandInput } from '@aws-sdk/client-ecs';
import { taskDefinitionFamily } from '../../src/providers/aws/task-definition-family.js';
import type { Divergence, ErrorPicture, Observation, RequestRecord } from '../../src/testing/index.js';
import {
  argumentsOf,
  chainOf,
  errorOf,
  isErrorPicture,
  itemsOf,
  withError,
  worldOf,
} from './observation-parts.js';

const allMethods = [
  'startTask',
  'killTask',
  'registerImage',
  'listImages',
  'getImage',
  'removeImage',
  'fetchLogsByExecutionId',
  'fetchBackendLogs',
] as const;

/** The original's wrappers are plain errors: a prefix, and what they wrap. */
function isWrapper(error: unknown): boolean {
  return isErrorPicture(error) && error.class === 'Error' && isErrorPicture(error.cause);
}

function codedError(error: ErrorPicture): ErrorPicture {
  const chain = chainOf(error);
  const coded = chain.find((one) => one.class === 'AppError');
  if (coded) return coded;
  const wrapped = chain[1];
  const inner = chain.find((one) => !isWrapper(one));
  return {
    class: 'AppError',
    name: 'AppError',
    message: wrapped ? error.message.slice(0, -`: ${wrapped.message}`.length) : error.message,
    code: 'INTERNAL_ERROR',
    status: 500,
    ...(inner !== error && { cause: inner }),
  };
}

/** Without the original's wrappers, wherever they stand in the chain. */
function withoutWrappers(error: ErrorPicture): ErrorPicture {
  const { cause } = error;
  if (isWrapper(error)) return codedError(error);
  if (!isErrorPicture(cause) || !isWrapper(cause)) return error;
  const coded = codedError(cause);
  // A wrapper between two errors of one text said the same thing three times.
  return coded.message === error.message ? coded : { ...error, cause: coded };
}

const codeOnEveryError: Divergence = {
  id: 'a-code-on-every-error',
  methods: ['registerImage', 'listImages', 'getImage', 'removeImage', 'startTask'],
  isOutcomeOnly: true,
  when: (reference) => chainOf(errorOf(reference)).some(isWrapper),
  expect: (reference) => {
    const error = errorOf(reference);
    return error ? withError(reference, withoutWrappers(error)) : reference;
  },
  reason: 'Callers of a facet branch on codes, and none should have to walk a chain to find one.',
  since: '0.1.0',
};

const noAnswerAtAll: Divergence = {
  id: 'no-answer-is-a-malformed-one',
  methods: allMethods,
  when: (reference) =>
    chainOf(errorOf(reference)).some((one) => one.class === 'TypeError') &&
    reference.requests.some(({ outcome }) => outcome === undefined),
  expect: (reference, _call, actual) => {
    // The original crashes there. The candidate takes it as an answer without members, or as a failure with a code.
    const known = reference.requests.slice(
      0,
      1 + reference.requests.findIndex(({ outcome }) => outcome === undefined),
    );
    return {
      ...actual,
      argumentsAfter: reference.argumentsAfter,
      requests: [...known, ...actual.requests.slice(known.length)],
    };
  },
  reason: 'A crash tells nobody what failed. No client answers so; doubles do.',
  since: '0.1.0',
};

interface StartArguments {
  /** Image of the request; empty for the default. */
  readonly image: string;
}

function startArguments(observation: Observation): StartArguments {
  const [, , request] = argumentsOf(observation) as readonly [unknown, unknown, { readonly image?: string }];
  return { image: request.image ?? '' };
}

/** The image that the candidate starts: the default row itself, else the row that the original found. */
function startedImage(reference: Observation, input: RunTaskCommandInput): string | undefined {
  const isDefault = startArguments(reference).image === '';
  const reads = reference.requests.filter(({ operation }) => operation.startsWith('dynamodb.'));
  const rows = itemsOf((isDefault ? reads[0] : reads.at(-1))?.outcome);
  const ofFamily = rows.filter(
    (row) => isDefault || row['task_definition_family']?.S === input.taskDefinition,
  );
  const chosen = ofFamily.find((row) => row['is_default_placeholder']?.S === 'DEFAULT') ?? ofFamily[0];
  return chosen?.['image_id']?.S;
}

const startById: Divergence = {
  id: 'start-by-id',
  methods: ['startTask'],
  when: (reference) => {
    const { image } = startArguments(reference);
    const run = reference.requests.find(({ operation }) => operation === 'ecs.RunTask');
    if (image === '') return reference.requests.some(({ outcome }) => itemsOf(outcome).length > 0);
    const input = run?.input as RunTaskCommandInput | undefined;
    const started = input && startedImage(reference, input);
    return (
      started !== undefined && (started !== image || input?.taskDefinition !== taskDefinitionFamily(started))
    );
  },
  expect: (reference, _call, actual) => {
    const { image } = startArguments(reference);
    const run = reference.requests.find(({ operation }) => operation === 'ecs.RunTask');
    const input = run?.input as RunTaskCommandInput | undefined;
    const imageId = input && startedImage(reference, input);
    const before = readsOfCandidate(reference, image === '');
    if (!run || !input || imageId === undefined || input.taskDefinition !== taskDefinitionFamily(imageId)) {
      // The original found nothing to start, or another variant: what ECS answers the candidate is not known here.
      const started = actual.requests.slice(before.length);
      return { ...actual, argumentsAfter: reference.argumentsAfter, requests: [...before, ...started] };
    }
    const rename = renameImage(image, imageId);
    return {
      ...reference,
      requests: [...before, renameIn(run, rename)],
      state: withStartedTasks(reference, rename),
    };
  },
  mapFault: (fault, reference) => {
    // The original's second look-up of the default has no counterpart.
    const isAsked = fault.operation === 'dynamodb.Query' || fault.operation === 'ecs.RunTask';
    return isAsked || startArguments(reference).image !== '' ? fault : undefined;
  },
  reason: 'Executors know images by ID only, so that they need no registry.',
  since: '0.1.0',
};

/** The default is resolved by one query; anything else by what the original asks. */
function readsOfCandidate({ requests }: Observation, isDefault: boolean): readonly RequestRecord[] {
  const reads = requests.filter(({ operation }) => operation.startsWith('dynamodb.'));
  return isDefault ? reads.slice(0, 1) : reads;
}

type Rename = (text: string) => string;

function renameImage(image: string, imageId: string): Rename {
  const line = (shown: string): string => String.raw`printf '### Image ID => %s\n' "${shown}"`;
  return (text) => text.replace(line(image), () => line(imageId));
}

function renameIn<Value>(value: Value, rename: Rename): Value {
  if (typeof value === 'string') return rename(value) as Value;
  if (Array.isArray(value)) return value.map((item) => renameIn(item as unknown, rename)) as Value;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, renameIn(item as unknown, rename)]),
  ) as Value;
}

function withStartedTasks(reference: Observation, rename: Rename): unknown {
  const world = worldOf(reference);
  const tasks = new Map(world.ecs.tasks);
  for (const arn of world.startedTasks) {
    const task = tasks.get(arn);
    if (task) tasks.set(arn, { ...task, input: renameIn(task.input, rename) });
  }
  return { ...world, ecs: { ...world.ecs, tasks } };
}

/** What the strict split could not keep. */
export const strictRows: readonly Divergence[] = [noAnswerAtAll, codeOnEveryError, startById];
