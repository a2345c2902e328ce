import { AppError, type LogEvent } from '../../contracts/index.js';

/** Where an event stands: its time, and how many events of the same time came before it. */
export interface LogPosition {
  readonly timestamp: number;
  readonly ordinal: number;
}

/** @throws AppError `INVALID_REQUEST` for text that is no position. */
export function parsePosition(text: string): LogPosition {
  const match = /^(-?\d{1,15})\.(\d{1,15})$/.exec(text);
  if (match === null) throw new AppError('INVALID_REQUEST', 'not a position of a log');
  return { timestamp: Number(match[1]), ordinal: Number(match[2]) };
}

/** Gives events their positions as they come: CloudWatch sorts a stream by time and keeps the order within one time. */
export function createPositionCounter(): (event: {
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
}) => LogEvent & LogPosition {
  let last = Number.NaN;
  let ordinal = 0;
  return ({ timestamp = 0, message = '' }) => {
    ordinal = timestamp === last ? ordinal + 1 : 0;
    last = timestamp;
    return { timestamp, message, position: `${timestamp}.${ordinal}`, ordinal };
  };
}

/** Whether an event comes behind a position. */
export function isBehind(event: LogPosition, position: LogPosition): boolean {
  return (
    event.timestamp > position.timestamp ||
    (event.timestamp === position.timestamp && event.ordinal > position.ordinal)
  );
}
