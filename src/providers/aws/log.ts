/** Writes one structured record. */
export type LogWrite = (fields: Readonly<Record<string, unknown>>, event: string) => void;

/** The part of a logger that the provider uses; a pino logger is one. */
export interface Log {
  readonly info: LogWrite;
  readonly warn: LogWrite;
}
