/** Writes one structured record; what a use case needs of a logger. */
export type LogWrite = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** The part of a logger that use cases use; a `pino` logger is one. */
export interface Log {
  readonly info: LogWrite;
  readonly warn: LogWrite;
  readonly error: LogWrite;
}
