import fc from 'fast-check';
import type { Fault } from '../../src/testing/index.js';
import { faultKindsOf } from '../aws-model/faults.js';

/** Operations that a method may request. */
const operationsOf: Readonly<Record<string, readonly string[]>> = {
  startTask: ['dynamodb.Query', 'dynamodb.GetItem', 'dynamodb.Scan', 'ecs.RunTask'],
  killTask: ['ecs.ListTasks', 'ecs.DescribeTasks', 'ecs.StopTask'],
  registerImage: [
    'iam.GetRole',
    'dynamodb.GetItem',
    'dynamodb.Query',
    'dynamodb.UpdateItem',
    'dynamodb.PutItem',
    'dynamodb.TransactWriteItems',
    'ecs.RegisterTaskDefinition',
    'ecs.TagResource',
    'ecs.DeregisterTaskDefinition',
  ],
  listImages: ['dynamodb.Scan'],
  getImage: ['dynamodb.Query', 'dynamodb.GetItem', 'dynamodb.Scan'],
  removeImage: [
    'dynamodb.GetItem',
    'dynamodb.DeleteItem',
    'ecs.ListTaskDefinitions',
    'ecs.DeregisterTaskDefinition',
    'ecs.DeleteTaskDefinitions',
  ],
  fetchLogsByExecutionId: ['logs.DescribeLogStreams', 'ecs.DescribeTasks', 'logs.GetLogEvents'],
  fetchBackendLogs: ['logs.DescribeLogGroups', 'logs.StartQuery', 'logs.GetQueryResults', 'logs.StopQuery'],
};

/** Mostly none, sometimes one or two. */
export function faultsFor(method: string): fc.Arbitrary<readonly Fault[]> {
  const operations = operationsOf[method];
  if (!operations) return fc.constant([]);
  const fault = fc.constantFrom(...operations).chain((operation) =>
    fc.record({
      operation: fc.constant(operation),
      occurrence: fc.constantFrom(1, 1, 2),
      kind: fc.constantFrom(...faultKindsOf(operation)),
    }),
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
  );
}
