import { AppError } from '../../src/contracts/index.js';
import type { ExecutionStatus, RequestContext } from '../../src/contracts/index.js';
import type { Api } from '../http/harness.js';
import { until } from '../support/until.js';
import { faults, type Fault, type FaultStep, type RequestStep, type Step, type TaskStep } from './step.js';

/** What a step is compared by: an answer, or nothing that can be seen. */
export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Takes a step on one API and resolves to what a client sees of it. */
export async function takeStep(api: Api, step: Step): Promise<Seen | undefined> {
  switch (step.kind) {
    case 'request':
      return request(api, step);
    case 'task':
      return taskEvent(api, step);
    case 'fault':
      failOnce(api, step);
      return undefined;
  }
}

async function request(api: Api, { who, method, path, body }: RequestStep): Promise<Seen> {
  const first = await api.provider.executions.findExecution({}, 'task-1');
  const filled = path.replace('{request}', first?.createdByRequestId ?? 'none-yet');
  const { status, headers, text } = await api.call(who, method, filled, body === undefined ? {} : { body });
  // Node sets the date, from its own clock; the port is the one thing that two servers cannot share.
  const { date: _, ...compared } = headers;
  return { status, headers: compared, text: text.replaceAll(`127.0.0.1:${api.port}`, 'the-server') };
}

async function taskEvent(api: Api, { number, event }: TaskStep): Promise<undefined> {
  const { tasks, taskObserver } = api.provider;
  const id = tasks.ids()[number - 1];
  if (id === undefined) return;
  const { phase } = (await taskObserver.describeTasks({}, [id])).get(id) ?? {};
  if (phase === 'ended' || (event === 'begin' && phase === 'running')) return;
  if (event === 'begin') tasks.begin(id);
  else if (event === 'print') tasks.print(id, `a line of ${id}`);
  else tasks.end(id, number);
  if (event !== 'print') await until(() => isFollowed(api, id, event), Boolean);
}

/** Whether the record says what has become of the task. A task that could not be recorded has none. */
async function isFollowed(api: Api, id: string, event: 'begin' | 'end'): Promise<boolean> {
  const execution = await api.provider.executions.findExecution({}, id);
  const open: readonly ExecutionStatus[] = ['STARTING', 'RUNNING', 'TERMINATING'];
  return (
    execution === undefined ||
    (event === 'begin' ? execution.status !== 'STARTING' : !open.includes(execution.status))
  );
}

const errors: Readonly<Record<FaultStep['how'], () => Error>> = {
  classified: () => new AppError('NOT_FOUND', 'no such thing'),
  unavailable: () => new AppError('SERVICE_UNAVAILABLE', 'not yet'),
  unclassified: () => new TypeError('cannot read properties of undefined'),
};

function failOnce(api: Api, { at, how }: FaultStep): void {
  let hasFailed = false;
  replaceCalls(api, at, (original) => (...parameters) => {
    if (hasFailed) return original(...parameters);
    hasFailed = true;
    return Promise.reject(errors[how]());
  });
}

type Callable = (...parameters: unknown[]) => unknown;

/** All these methods are functions that return promises; which one it is does not matter here. */
function replaceCalls(api: Api, [part, method]: Fault, make: (original: Callable) => Callable): void {
  const untyped = api as unknown as {
    replace(part: string, method: string, make: (original: Callable) => Callable): void;
  };
  untyped.replace(part, method, make);
}

/** Every call that reached the backend and the records, as far as two APIs can be compared by it. */
export function callsOf(api: Api): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    faults.map(([part, method]) => {
      const untyped = api as unknown as {
        calls(part: string, method: string): readonly (readonly unknown[])[];
      };
      const calls = untyped.calls(part, method).map(([ctx, ...rest]) => [requestIdOf(ctx), ...rest]);
      return [`${part}.${method}`, calls];
    }),
  );
}

/** A signal is of one request on one server. */
const requestIdOf = (ctx: unknown): string | undefined => (ctx as RequestContext).requestId;
