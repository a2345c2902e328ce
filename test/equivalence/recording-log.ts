import { plantedSecret } from './world-settings.js';

/** A record as it is compared. */
interface ComparedRecord {
  readonly level: string;
  readonly event: string;
  readonly operation?: unknown;
  /** Name of the error that the record is about. */
  readonly error?: string | undefined;
}

/**
 * Keeps what is compared of a log: warnings, by event, failed operation and name of the error. Records of level info
 * are not compared: the original's hold the command and the raw repository URL, and ours must not.
 */
export class RecordingLog {
  #records: ComparedRecord[] = [];
  #all: string[] = [];

  readonly info = (fields: Readonly<Record<string, unknown>>, event: string): void => {
    this.#all.push(textOf({ fields, event }));
  };

  readonly warn = (fields: Readonly<Record<string, unknown>>, event: string): void => {
    this.#all.push(textOf({ fields, event }));
    const { error, operation } = fields;
    this.#records.push({
      level: 'warn',
      event,
      ...(operation !== undefined && { operation }),
      ...(error instanceof Error && { error: error.name }),
    });
  };

  /** What is compared, since the last time. */
  take(): readonly ComparedRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  /** Records of any level that hold a planted secret. */
  leaks(): readonly string[] {
    return this.#all.filter((text) => text.includes(plantedSecret));
  }
}

function textOf(record: object): string {
  return JSON.stringify(record, (_key, value: unknown) =>
    value instanceof Error ? { name: value.name, message: value.message, cause: value.cause } : value,
  );
}
