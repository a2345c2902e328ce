import { isTaskId } from '../../../src/providers/aws/task-id.js';
import { hasFailed, type Exchange, type RecordedCall } from '../recorded-call.js';
import {
  answering,
  askedAs,
  exchangesOf,
  isCutOff,
  notComparable,
  type NotComparable,
  type Script,
  type ScriptedExchange,
  type Translation,
} from '../script.js';

const row = 'kill-asks-by-id';
const starting = ['PROVISIONING', 'PENDING'];

interface DescribedTask {
  readonly taskArn?: string;
  readonly lastStatus?: string;
  readonly desiredStatus?: string;
}

/** The monolith looks a task up in two lists and then by its ARN; the facade asks for it by its ID. */
export const killTask: Translation = { facade, monolith };

function facade(call: RecordedCall): Script | NotComparable {
  const executionId = String(call.args[0]);
  const lists = exchangesOf(call, 'ecs.ListTasks');
  if (!isTaskId(executionId)) return lists.some(hasFailed) ? notComparable(row) : [];
  const [described] = exchangesOf(call, 'ecs.DescribeTasks');
  const [stopped] = exchangesOf(call, 'ecs.StopTask');
  const byId = { cluster: clusterOf(lists), tasks: [executionId] };
  if (described === undefined) {
    // That the task is not there can be told from two whole lists only.
    if (lists.length < 2 || lists.some((list) => hasFailed(list) || isCutOff(list)))
      return notComparable(row);
    return [answering('ecs.DescribeTasks', byId, { tasks: [], failures: [{ reason: 'MISSING' }] })];
  }
  const describe = askedAs(described, byId);
  const task = taskOf(described);
  if (task === undefined) return [describe];
  if (isToldToStop(task)) return notComparable('one-kill-is-enough');
  if (stopped === undefined) return isStarting(task) ? notComparable(row) : [describe];
  return [describe, askedAs(stopped, { ...(stopped.input as object), task: task.taskArn ?? executionId })];
}

function monolith(call: RecordedCall): Script | NotComparable {
  const [described] = exchangesOf(call, 'ecs.DescribeTasks');
  const [stopped] = exchangesOf(call, 'ecs.StopTask');
  if (described === undefined) return listed({}, undefined);
  if (hasFailed(described)) return notComparable(row);
  const task = taskOf(described);
  if (task === undefined) return listed(described.input, undefined);
  if (task.taskArn === undefined) return notComparable(row);
  if (isToldToStop(task)) return notComparable('one-kill-is-enough');
  if (isStarting(task)) return notComparable(row);
  const { cluster } = described.input as { readonly cluster?: string };
  return [
    ...listed(described.input, task),
    askedAs(described, { cluster, tasks: [task.taskArn] }),
    ...(stopped === undefined ? [] : [stopped]),
  ];
}

/** The lists that a task would have been on. Where nothing says which cluster it is, any will do. */
function listed(input: unknown, task: DescribedTask | undefined): Script {
  const { cluster } = input as { readonly cluster?: string };
  const list = (desiredStatus: string, taskArns: readonly (string | undefined)[]): ScriptedExchange => ({
    ...answering('ecs.ListTasks', { cluster, desiredStatus }, { taskArns }),
    ...(cluster === undefined && { accepts: (asked) => statusIn(asked) === desiredStatus }),
  });
  if (task === undefined) return [list('RUNNING', []), list('STOPPED', [])];
  if (task.desiredStatus !== 'STOPPED') return [list('RUNNING', [task.taskArn])];
  return [list('RUNNING', []), list('STOPPED', [task.taskArn])];
}

function statusIn(input: unknown): string | undefined {
  return (input as { readonly desiredStatus?: string }).desiredStatus;
}

function clusterOf(lists: readonly Exchange[]): string | undefined {
  return (lists[0]?.input as { readonly cluster?: string } | undefined)?.cluster;
}

function taskOf({ answer }: Exchange): DescribedTask | undefined {
  return (answer as { readonly tasks?: readonly DescribedTask[] } | undefined)?.tasks?.[0];
}

/** Told to stop, and not yet on its way: the monolith stops it again. */
function isToldToStop({ desiredStatus, lastStatus = '' }: DescribedTask): boolean {
  return desiredStatus === 'STOPPED' && [...starting, 'ACTIVATING', 'RUNNING'].includes(lastStatus);
}

function isStarting({ lastStatus = '' }: DescribedTask): boolean {
  return starting.includes(lastStatus);
}
