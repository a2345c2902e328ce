import type { LogEvent } from '../../src/contracts/index.js';
import type { Observation, Outcome, Race } from '../../src/testing/index.js';
import { outcomeClass } from '../../src/testing/index.js';
import { imageRows, worldOf } from './observation-parts.js';

/** What counts of the end of a race: what was answered, and which images, definitions and tasks there are. */
export function raceEnd(end: Observation): unknown {
  const { ecs } = worldOf(end);
  return {
    outcomes: end.outcomes.map(answer),
    images: imageRows(end)
      .map((row) => `${row['image_id']?.S ?? ''} ${row['is_default_placeholder']?.S ?? ''}`.trim())
      .sort(),
    definitions: [...ecs.definitions.values()]
      .map(({ family, revision, status }) => `${family}:${revision} ${status}`)
      .sort(),
    tasks: [...ecs.tasks.values()]
      .map(({ definition, desiredStatus }) => `${definition.family} ${desiredStatus}`)
      .sort(),
  };
}

/** The row that an end belongs to which the original cannot reach. */
export function allowedBy(end: Observation, { together }: Race): string | undefined {
  const classes = end.outcomes.map(outcomeClass).sort();
  // Marking an image that is being removed: the original makes a row of it again, of which nothing can be read. Here
  // the image is gone, and whoever wanted the mark is told so.
  const isTold = classes.includes('NOT_FOUND') && together.some(({ method }) => method === 'registerImage');
  if (isTold && imageRows(end).every((row) => row['task_definition_family'] !== undefined))
    return 'one-default';
  // The original agrees to any number of kills of one task.
  const areKills = together.every(({ method }) => method === 'killTask');
  return areKills && classes.join() === 'INVALID_REQUEST,ok' ? 'one-kill-is-enough' : undefined;
}

/** Without times and positions, which depend on how often the clock is looked at. */
function answer(outcome: Outcome): unknown {
  if (outcome.kind === 'failed') return outcomeClass(outcome);
  const { value } = outcome;
  if (Array.isArray(value))
    return value.map((one: { imageId?: string } & Partial<LogEvent>) => one.imageId ?? one.message);
  if (typeof value !== 'object' || value === null) return value;
  const { imageId, isDefault, executionId } = value as Record<string, unknown>;
  return executionId === undefined ? { imageId, isDefault } : 'started';
}
