import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

/** The server's log. What a provider logs and goes on after is in `error`, which pino alone would write as `{}`. */
export function createLogger(level: string, output: DestinationStream): Logger {
  return pino({ level, serializers: { error: stdSerializers.err } }, output);
}
