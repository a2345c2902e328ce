import type { MeasuredCall } from './aws-call-laboratory.js';

/** A declared divergence under which the facets ask AWS more often than the monolith does. */
export interface AwsCallException {
  /** Of the divergence. */
  readonly id: string;
  readonly reason: string;
  /** Whether it is why the facets asked more often in a call. */
  explains(call: {
    readonly method: string;
    readonly monolith: MeasuredCall;
    readonly facets: MeasuredCall;
  }): boolean;
}

const count = ({ requests }: MeasuredCall, operation: string): number =>
  requests.filter((request) => request.operation === operation).length;

const hasFoundNothing = ({ requests }: MeasuredCall): boolean =>
  requests.some(
    ({ operation, outcome }) => operation === 'dynamodb.GetItem' && !(outcome as { Item?: unknown }).Item,
  );

/** Everything that costs more than it did. What is not here must cost the same or less. */
export const awsCallExceptions: readonly AwsCallException[] = [
  {
    id: 'image-lookup',
    reason:
      'Text of the shape of an ID that is no ID may be a reference, which the original never looked for: one scan more.',
    explains: ({ method, monolith, facets }) =>
      (method === 'getImage' || method === 'startTask') &&
      hasFoundNothing(facets) &&
      count(monolith, 'dynamodb.Scan') === 0,
  },
  {
    id: 'start-by-id',
    reason:
      'The original looks the default up by its reference once more; where that finds nothing it started nothing.',
    explains: ({ method, monolith, facets }) =>
      method === 'startTask' && count(monolith, 'ecs.RunTask') === 0 && count(facets, 'ecs.RunTask') === 1,
  },
  {
    id: 'registry-in-the-id',
    reason:
      'The original took an image of another registry for the one that was asked for, and registered nothing. Looking for both IDs that an image may have is one read more; a registration that goes on saves another, one that ECS refuses does not.',
    explains: ({ method, facets }) => method === 'registerImage' && count(facets, 'dynamodb.GetItem') === 2,
  },
  {
    id: 'pages-to-the-end',
    reason: 'The original read the first page only.',
    explains: ({ monolith, facets }) =>
      ['dynamodb.Scan', 'dynamodb.Query'].some(
        (operation) =>
          count(monolith, operation) > 0 && count(facets, operation) > count(monolith, operation),
      ),
  },
  {
    id: 'deletes-in-tens',
    reason: 'The original asked for more deletions at once than ECS allows, and nothing was deleted.',
    explains: ({ facets }) => count(facets, 'ecs.DeleteTaskDefinitions') > 1,
  },
  {
    id: 'the-sidecar-tells-why',
    reason:
      'Where the stream of the runner is missing the original could not tell a task that is on its way from one that has failed.',
    explains: ({ method, monolith, facets }) =>
      method === 'fetchLogsByExecutionId' &&
      count(monolith, 'logs.GetLogEvents') === 0 &&
      count(facets, 'ecs.DescribeTasks') + count(facets, 'logs.DescribeLogStreams') > 1,
  },
  {
    id: 'a-safe-and-patient-query',
    reason:
      'The original waited ten seconds before its first look; here the first look is at once and later ones back off, so that the answer comes when it is there.',
    explains: ({ method, monolith, facets }) =>
      method === 'fetchBackendLogs' &&
      count(facets, 'logs.GetQueryResults') > count(monolith, 'logs.GetQueryResults'),
  },
];
