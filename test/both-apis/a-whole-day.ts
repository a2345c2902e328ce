import type { RequestStep, Step } from './step.js';

const ask = (method: string, path: string, body?: unknown, who: RequestStep['who'] = 'admin'): Step => ({
  kind: 'request',
  who,
  method,
  path,
  ...(body === undefined ? {} : { body }),
});

/** Every request that reaches the backend, with what a task does between them; no step fails by itself. */
export const aWholeDay: readonly Step[] = [
  ask('POST', '/images/register', {
    image: 'ghcr.io/acme/tool:2',
    is_default: true,
    task_role_name: 'reader',
    task_execution_role_name: 'puller',
    cpu: 1024,
    memory: 2048,
    runtime_platform: 'Linux/ARM64',
  }),
  ask('GET', '/images'),
  ask('GET', '/images/alpine:3.18'),
  ask('POST', '/run', { command: 'make', image: 'alpine:3.18', env: { LEVEL: '1' }, secrets: ['planted'] }),
  ask('GET', '/executions/task-1/status'),
  { kind: 'task', number: 1, event: 'begin' },
  { kind: 'task', number: 1, event: 'print' },
  ask('GET', '/executions/task-1/logs'),
  ask('GET', '/executions/task-1/logs', undefined, 'stranger'),
  ask('POST', '/run', { command: 'sleep 60', timeout: 60 }, 'developer'),
  ask('DELETE', '/executions/task-2'),
  { kind: 'task', number: 2, event: 'end' },
  { kind: 'task', number: 1, event: 'end' },
  ask('GET', '/executions/task-1/logs'),
  ask('DELETE', '/executions/task-1'),
  ask('GET', '/executions'),
  ask('GET', '/trace/{request}'),
  ask('DELETE', '/images/alpine:3.18-ddecce05'),
  ask('GET', '/images/alpine:3.18'),
];
