import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Call, ErrorPicture, Observation } from '../../../src/testing/index.js';
import { argumentsOf, chainOf, errorOf, withError, worldOf } from '../observation-parts.js';
import { deployment } from '../world-settings.js';

export type Row = Readonly<Record<string, AttributeValue>>;

/** Whether anything but the code under test had a say in how the call ended. */
export function isDisturbed(reference: Observation, call: Call): boolean {
  const [ctx] = argumentsOf(reference) as readonly [{ readonly isAborted?: boolean }];
  return (call.faults ?? []).length > 0 || ctx.isAborted === true;
}

/** The images table as the call left it. */
export function imageRows(observation: Observation): readonly Row[] {
  return [...(worldOf(observation).dynamodb.tables.get(deployment.imagesTable)?.items.values() ?? [])];
}

/** Whether a row is one that no implementation writes: another version's, or the original's phantom. */
export function isForeign(row: Row): boolean {
  const isCount = (name: string): boolean => /^\d+$/.test(row[name]?.S ?? '');
  return !(
    isCount('cpu') &&
    isCount('memory') &&
    row['created_at']?.N !== undefined &&
    row['image']?.S !== undefined &&
    row['task_definition_family']?.S &&
    ['DEFAULT', undefined].includes(row['is_default_placeholder']?.S) &&
    row['owned_by']?.L &&
    !row['unknown'] &&
    !row['task_role_name']?.NULL
  );
}

/**
 * What holds under every fault: arguments are left alone, every error has a code, an outage is no refusal, no record
 * holds a secret. How a repaired call meets a fault that the original meets elsewhere is for the tests beside the
 * provider.
 */
export function holdsUnderFaults(reference: Observation, actual: Observation): Observation {
  const error = errorOf(actual);
  const expected = {
    ...actual,
    argumentsAfter: reference.argumentsAfter,
    logs: actual.logs.filter((record) => typeof record !== 'string'),
  };
  // A client that answers nothing at all makes both crash in some places. None does so but a double.
  const isWithoutAnswer = actual.requests.some(({ outcome }) => outcome === undefined);
  return error && !isWithoutAnswer ? withError(expected, withRightCode(error)) : expected;
}

const outages = ['ThrottlingException', 'InternalServerError', 'TimeoutError', 'AbortError'];
const codesOfOutages: readonly unknown[] = ['DATABASE_ERROR', 'SERVICE_UNAVAILABLE'];

/** Whether an error of a client may be gone when the same is asked again. */
export function isOutage(error: ErrorPicture): boolean {
  return (
    outages.includes(error.name) || error.code === 'ECONNRESET' || error.name === 'ServiceFailureException'
  );
}

/** The error itself, unless it has no code, or one of a refusal for an outage. */
function withRightCode(error: ErrorPicture): ErrorPicture {
  const [, cause] = chainOf(error);
  if (error.code === undefined) return { ...error, code: 'INTERNAL_ERROR', status: 500 };
  const isWrong = cause !== undefined && isOutage(cause) && !codesOfOutages.includes(error.code);
  return isWrong ? { ...error, code: codesOfOutages.join(' or '), status: 503 } : error;
}

/** Fewer or more looks at the clock move every time that is written; all else of the state stays strict. */
export function withTimesOf(reference: Observation, actual: Observation): unknown {
  const [world, other] = [worldOf(reference), worldOf(actual)];
  const table = world.dynamodb.tables.get(deployment.imagesTable);
  const otherTable = other.dynamodb.tables.get(deployment.imagesTable);
  if (!table || !otherTable) return world;
  const items = new Map(
    [...table.items].map(([key, item]) => {
      const { created_at, updated_at } = otherTable.items.get(key) ?? {};
      return [key, { ...item, ...(created_at && { created_at }), ...(updated_at && { updated_at }) }];
    }),
  );
  const tables = new Map(world.dynamodb.tables).set(deployment.imagesTable, { ...table, items });
  return { ...world, dynamodb: { ...world.dynamodb, tables }, clockReads: other.clockReads };
}

/** An error as observations show it. */
export function appError(code: string, status: number, message: string, cause?: unknown): object {
  return {
    class: 'AppError',
    name: 'AppError',
    message,
    code,
    status,
    ...(cause !== undefined && { cause }),
  };
}

export function plainError(message: string): object {
  return { class: 'Error', name: 'Error', message, code: undefined, status: undefined };
}

export function failing(error: object): Observation['outcomes'] {
  return [{ kind: 'failed', error, thrown: 'asynchronously' }];
}

export function returning(value: unknown): Observation['outcomes'] {
  return [{ kind: 'returned', value }];
}
