import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Cloud } from '../aws-model/cloud.js';
import { settled } from '../aws-model/copy-data.js';
import { advanceTask, forgetEndedTasks } from '../aws-model/ecs/task-life.js';
import type { TaskStatus } from '../aws-model/ecs/ecs-state.js';
import { putEvent } from '../aws-model/logs/logs-state.js';
import type { QueryState, StoredEvent } from '../aws-model/logs/logs-state.js';
import { deployment } from './world-settings.js';

/** What happens in the world between calls, by name: calls of a scenario that no implementation sees. */
export const worldEvents: Readonly<Record<string, (cloud: Cloud, ...args: never[]) => void>> = {
  /** A task comes to a later point of its life. */
  'world.advanceTask': ({ state, context }, executionId: string, status: TaskStatus, exitCode: number) => {
    advanceTask(state.ecs, executionId, status, context, { exitCode });
  },

  'world.forgetEndedTasks': ({ state }) => {
    forgetEndedTasks(state.ecs);
  },

  /** Containers print. */
  'world.printLines': ({ state }, container: string, executionId: string, events: readonly StoredEvent[]) => {
    for (const event of events)
      putEvent(state.logs, deployment.logGroup, `task/${container}/${executionId}`, event);
  },

  /** The backend's own functions print. */
  'world.printBackendLines': ({ state }, group: number, events: readonly StoredEvent[]) => {
    const name = deployment.backendLogGroups[group % deployment.backendLogGroups.length] ?? '';
    for (const event of events) putEvent(state.logs, name, 'stream', event);
  },

  'world.removeLogGroups': ({ state }) => {
    for (const name of deployment.backendLogGroups) state.logs.groups.delete(name);
  },

  /** Somebody has deregistered every task definition by hand. */
  'world.deregisterAll': ({ state }) => {
    for (const definition of state.ecs.definitions.values()) definition.status = 'INACTIVE';
  },

  /** More functions than one query may search, each with a line. */
  'world.addLogGroups': ({ state }, count: number, event: StoredEvent) => {
    for (let number = 0; number < count; number += 1) {
      const name = `/aws/lambda/runvoy-${String(number).padStart(3, '0')}`;
      putEvent(state.logs, name, 'stream', { ...event, timestamp: event.timestamp - number });
    }
  },

  /** A container prints more than anybody wants to hold. */
  'world.printMegabytes': ({ state }, executionId: string, count: number) => {
    for (let number = 0; number < count; number += 1) {
      const event = { timestamp: 1_000 * number, message: 'x'.repeat(1024 * 1024) };
      putEvent(state.logs, deployment.logGroup, `task/runner/${executionId}`, event);
    }
  },

  'world.endQueriesAs': ({ state }, status: QueryState['status'], polls: number) => {
    state.logs.queryEnd = status;
    state.logs.pollsUntilEnd = polls;
  },

  /** Somebody else, or an older version, has written a part of a row; `undefined` takes the part away. */
  'world.writeAttribute': ({ state }, imageId: string, name: string, value: AttributeValue | undefined) => {
    const table = state.dynamodb.tables.get(deployment.imagesTable);
    const entry = [...(table?.items ?? [])].find(([, item]) => item['image_id']?.S === imageId);
    if (!table || !entry) return;
    const [key, item] = entry;
    const { [name]: _, ...others } = item;
    table.items.set(key, settled(value === undefined ? others : { ...others, [name]: value }));
  },

  /** Another revision of an image's family, as the reconciliation makes it. */
  'world.registerRevision': (cloud, imageId: string) => {
    const rows = cloud.state.dynamodb.tables.get(deployment.imagesTable)?.items.values() ?? [];
    const family = [...rows].find((item) => item['image_id']?.S === imageId)?.['task_definition_family']?.S;
    if (!family) return;
    cloud.handle('ecs', 'RegisterTaskDefinition', {
      family,
      containerDefinitions: [
        { name: 'sidecar', image: 'a' },
        { name: 'runner', image: 'a' },
      ],
    });
  },
};
