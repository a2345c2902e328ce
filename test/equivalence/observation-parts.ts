import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ErrorPicture, Observation } from '../../src/testing/index.js';
import type { RunnerWorld } from './runner-implementation.js';

/** What a single call failed with, if it did. */
export function errorOf({ outcomes }: Observation): ErrorPicture | undefined {
  const [outcome] = outcomes;
  return outcome?.kind === 'failed' ? (outcome.error as ErrorPicture) : undefined;
}

/** The same observation with another error. */
export function withError(observation: Observation, error: unknown): Observation {
  const [outcome] = observation.outcomes;
  return outcome?.kind === 'failed' ? { ...observation, outcomes: [{ ...outcome, error }] } : observation;
}

/** The state as the laboratory's worlds show it. */
export function worldOf({ state }: Observation): RunnerWorld {
  return state as RunnerWorld;
}

/** Arguments of a single call, references resolved. */
export function argumentsOf({ argumentsAfter }: Observation): readonly unknown[] {
  return argumentsAfter[0] as readonly unknown[];
}

/** Rows that a request of DynamoDB was answered with. */
export function itemsOf(outcome: unknown): readonly Record<string, AttributeValue>[] {
  const { Item, Items } = (outcome ?? {}) as {
    readonly Item?: Record<string, AttributeValue>;
    readonly Items?: readonly Record<string, AttributeValue>[];
  };
  return Items ?? (Item ? [Item] : []);
}

/** Every error of a chain, outermost first. */
export function chainOf(error: unknown): readonly ErrorPicture[] {
  const chain: ErrorPicture[] = [];
  for (let current = error; isErrorPicture(current); current = current.cause) chain.push(current);
  return chain;
}

export function isErrorPicture(value: unknown): value is ErrorPicture {
  return typeof value === 'object' && value !== null && 'class' in value && 'message' in value;
}
