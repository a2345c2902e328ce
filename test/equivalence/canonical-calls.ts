import { ref } from '../../src/testing/index.js';
import type { Call } from '../../src/testing/index.js';

export const ctx = { requestId: 'req-1' };
const email = 'dev@example.com';

/** What registering takes, by name. */
export interface Registration {
  readonly isDefault?: boolean;
  readonly taskRole?: string;
  readonly executionRole?: string;
  readonly cpu?: number;
  readonly memory?: number;
  readonly platform?: string;
}

export function register(image: string, options: Registration = {}): Call {
  const { isDefault, taskRole, executionRole, cpu, memory, platform } = options;
  return {
    method: 'registerImage',
    args: [ctx, image, isDefault, taskRole, executionRole, cpu, memory, platform, email],
  };
}

export const list: Call = { method: 'listImages', args: [ctx] };

export function get(image: unknown): Call {
  return { method: 'getImage', args: [ctx, image] };
}

export function remove(image: unknown): Call {
  return { method: 'removeImage', args: [ctx, image] };
}

export function start(image: unknown, request: object = {}): Call {
  return { method: 'startTask', args: [ctx, email, { command: 'echo hi', image, ...request }] };
}

export function kill(executionId: unknown = ref('tasks', 0)): Call {
  return { method: 'killTask', args: [ctx, executionId] };
}

export function advance(status: string, at = 0): Call {
  return { method: 'world.advanceTask', args: [ref('tasks', at), status, 0] };
}

export function print(count: number, at = 0): Call {
  const events = Array.from({ length: count }, (_, line) => ({
    timestamp: 1_000 * (count - line),
    message: `line ${line}`,
  }));
  return { method: 'world.printLines', args: ['runner', ref('tasks', at), events] };
}

/** The sidecar of the first task fails, and says why with a token in it. */
export const failedSidecar: readonly Call[] = [
  {
    method: 'world.printLines',
    args: [
      'sidecar',
      ref('tasks', 0),
      [
        { timestamp: 1_000, message: 'cloning https://user:planted-secret@host/o/r' },
        { timestamp: 1_000, message: 'fatal: not found' },
      ],
    ],
  },
];

export function logs(executionId: unknown = ref('tasks', 0)): Call {
  return { method: 'fetchLogsByExecutionId', args: [ctx, executionId] };
}

export function backendLogs(requestId = 'req-1'): Call {
  return { method: 'fetchBackendLogs', args: [ctx, requestId] };
}

export function printBackend(message: string): Call {
  return { method: 'world.printBackendLines', args: [1, [{ timestamp: 1_763_686_824_951, message }]] };
}

export function write(name: string, value: unknown, at = 0): Call {
  return { method: 'world.writeAttribute', args: [ref('imageIds', at), name, value] };
}

export const addRevision: Call = { method: 'world.registerRevision', args: [ref('imageIds', 0)] };
