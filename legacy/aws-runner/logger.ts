/** Takes log records; a pino logger is one. */
export interface AwsRunnerLogger {
  info(fields: Readonly<Record<string, unknown>>, event: string): void;
  warn(fields: Readonly<Record<string, unknown>>, event: string): void;
}
