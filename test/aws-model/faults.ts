import { serviceError } from './service-error.js';
import type { Service } from './service-error.js';

/** A request on its way to the model. */
export interface FaultedRequest {
  readonly service: Service;
  readonly operation: string;
  readonly input: unknown;
  /** Lets the model answer it. */
  readonly apply: () => object;
}

type Answer = Record<string, unknown>;
type Play = (request: FaultedRequest) => unknown;

/** What can happen to a request of any operation. */
const faults: Readonly<Record<string, Play>> = {
  throttled: ({ service }) => {
    throw serviceError(service, 'ThrottlingException', 'Rate exceeded');
  },
  'access-denied': ({ service, operation }) => {
    throw serviceError(service, 'AccessDeniedException', `not authorized to perform ${service}:${operation}`);
  },
  'client-error': ({ service }) => {
    throw serviceError(
      service,
      service === 'dynamodb' ? 'ValidationException' : 'InvalidParameterException',
      'no',
    );
  },
  'server-error': ({ service }) => {
    throw serviceError(service, 'InternalServerError', 'Internal server error', { fault: 'server' });
  },
  'connection-reset': () => {
    throw connectionReset();
  },
  'timed-out': () => {
    throw Object.assign(new Error('socket timed out'), { name: 'TimeoutError' });
  },
  aborted: () => {
    throw abortError();
  },
  'applied-but-lost': ({ apply }) => {
    apply();
    throw connectionReset();
  },
  'answer-undefined': ({ apply }) => {
    apply();
    return undefined;
  },
  'answer-empty': ({ apply }) => {
    apply();
    return {};
  },
  'members-missing': ({ apply }) => withoutMembers(apply() as Answer),
};

/**
 * Answers that break on the way, which only a wire can tell from one that is lost: headers and nothing else, half of a
 * body, and half of a body that says it is all.
 */
const brokenAnswers = {
  'cut-behind-headers': 'headers',
  'cut-in-body': 'half',
  'half-of-body': 'half-as-all',
} as const;

/** What a wire still sends of an answer that breaks. */
export interface BrokenAnswer {
  readonly answer: object;
  readonly sent: (typeof brokenAnswers)[keyof typeof brokenAnswers];
}

const pagedOperations = new Set([
  'dynamodb.Query',
  'dynamodb.Scan',
  'ecs.ListTasks',
  'ecs.ListTaskDefinitions',
  'logs.DescribeLogGroups',
  'logs.DescribeLogStreams',
  'logs.GetLogEvents',
]);
/** What may be refused by name: every class that code under test branches on, and its nearest relatives. */
const refusals: Readonly<Record<string, readonly string[]>> = {
  'ecs.RunTask': ['ClientException', 'ClusterNotFoundException', 'ConflictException'],
  'ecs.DescribeTasks': ['ClusterNotFoundException'],
  'ecs.StopTask': ['ClusterNotFoundException'],
  'iam.GetRole': ['NoSuchEntityException', 'ServiceFailureException'],
  'logs.DescribeLogStreams': ['ResourceNotFoundException'],
  'logs.GetLogEvents': ['ResourceNotFoundException'],
  'logs.StartQuery': ['LimitExceededException', 'MalformedQueryException'],
  'logs.GetQueryResults': ['ResourceNotFoundException'],
  'dynamodb.PutItem': ['ConditionalCheckFailedException', 'ProvisionedThroughputExceededException'],
  'dynamodb.UpdateItem': ['ConditionalCheckFailedException'],
  'dynamodb.DeleteItem': ['ConditionalCheckFailedException', 'ResourceNotFoundException'],
  'dynamodb.TransactWriteItems': ['TransactionCanceledException'],
};
/** Why a transaction may be cancelled: the reason of its first and of its last write. */
const cancellations: Readonly<Record<string, readonly [first: string, last: string]>> = {
  'cancelled:first': ['ConditionalCheckFailed', 'None'],
  'cancelled:last': ['None', 'ConditionalCheckFailed'],
  'cancelled:conflict': ['TransactionConflict', 'None'],
  'cancelled:throttled': ['None', 'ThrottlingError'],
};
const partialFailures: Readonly<Record<string, (answer: Answer) => Answer>> = {
  'ecs.RunTask': () => ({ tasks: [], failures: [{ reason: 'RESOURCE:ENI', detail: 'no address left' }] }),
  'ecs.DescribeTasks': () => ({ tasks: [], failures: [{ reason: 'MISSING' }] }),
  'ecs.DeleteTaskDefinitions': (answer) => ({ ...answer, failures: [{ reason: 'IN_USE' }] }),
  'logs.GetQueryResults': () => ({ status: 'Failed', results: [] }),
};

/** Every kind of fault that can happen to an operation such as `ecs.RunTask`. */
export function faultKindsOf(operation: string): readonly string[] {
  return [
    ...Object.keys(faults),
    ...(pagedOperations.has(operation) ? ['token-repeated'] : []),
    ...(partialFailures[operation] ? ['partly-failed'] : []),
    ...(operation === 'dynamodb.TransactWriteItems' ? Object.keys(cancellations) : []),
    ...(refusals[operation] ?? []).map((name) => `refused:${name}`),
  ];
}

/**
 * Answers a request under a fault.
 *
 * @throws what the client would throw; a plain `Error` for a kind that is not known.
 */
export function playFault(kind: string, request: FaultedRequest): unknown {
  const { service, operation, input, apply } = request;
  const play = faults[kind];
  if (play) return play(request);
  if (isBroken(kind)) {
    const broken: BrokenAnswer = { answer: apply(), sent: brokenAnswers[kind] };
    throw Object.assign(connectionReset(), broken);
  }
  if (kind.startsWith('refused:')) {
    throw serviceError(service, kind.slice('refused:'.length), 'refused');
  }
  const reasons = cancellations[kind];
  if (reasons) throw cancelled(input as { readonly TransactItems?: readonly unknown[] }, reasons);
  if (kind === 'token-repeated') return withRepeatedToken(apply() as Answer, input as Answer);
  const partly = partialFailures[`${service}.${operation}`];
  if (kind === 'partly-failed' && partly) return partly(apply() as Answer);
  throw new Error(`The model does not know the fault ${kind} of ${service}.${operation}.`);
}

function isBroken(kind: string): kind is keyof typeof brokenAnswers {
  return Object.hasOwn(brokenAnswers, kind);
}

/** What the SDK throws when the caller's signal aborts: no error of a service. */
export function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}

function cancelled(
  { TransactItems: items = [] }: { readonly TransactItems?: readonly unknown[] },
  [first, last]: readonly [string, string],
): Error {
  const CancellationReasons = items.map((_, index) => ({
    Code: index === 0 && first !== 'None' ? first : index === items.length - 1 ? last : 'None',
  }));
  const message = 'Transaction cancelled, please refer cancellation reasons for specific reasons';
  return serviceError('dynamodb', 'TransactionCanceledException', message, {
    members: { CancellationReasons },
  });
}

function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}

/** The first entry of each list, and each object, without its members: fields that the service is free to leave out. */
function withoutMembers(answer: Answer): Answer {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, emptyLike(value)];
      const entries = value as readonly unknown[];
      return [name, entries.map((entry, index) => (index === 0 ? emptyLike(entry) : entry))];
    }),
  );
}

function emptyLike(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === 'object' && value !== null ? {} : value;
}

function withRepeatedToken(answer: Answer, input: Answer): Answer {
  if ('ExclusiveStartKey' in input) return { ...answer, LastEvaluatedKey: input['ExclusiveStartKey'] };
  const name = 'nextForwardToken' in answer ? 'nextForwardToken' : 'nextToken';
  return { ...answer, [name]: input['nextToken'] ?? answer[name] };
}
