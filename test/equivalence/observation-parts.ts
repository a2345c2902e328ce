import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ErrorPicture, Observation } from '../../src/testing/index.js';
import type { RunnerWorld } from './runner-implementation.js';
import { deployment } from './world-settings.js';

/** The state as the laboratory's worlds show it. */
export function worldOf({ state }: Observation): RunnerWorld {
  return state as RunnerWorld;
}

/** The images table as the call left it. */
export function imageRows(observation: Observation): readonly Readonly<Record<string, AttributeValue>>[] {
  return [...(worldOf(observation).dynamodb.tables.get(deployment.imagesTable)?.items.values() ?? [])];
}

export function isErrorPicture(value: unknown): value is ErrorPicture {
  return typeof value === 'object' && value !== null && 'class' in value && 'message' in value;
}
