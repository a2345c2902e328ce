/** One line of output, of a task or of the backend itself. */
export interface LogEvent {
  /** Unix time in whole milliseconds; never decreases within one execution's log. */
  readonly timestamp: number;
  /** The line without its line end. */
  readonly message: string;
  /**
   * Where the event stands in its execution's log. Opaque and stable for ever: hand it to
   * `readExecutionLogs` as `after` to go on behind it. Absent where the backend keeps no positions.
   */
  readonly position?: string | undefined;
  /** Which stream a task wrote it to; absent for lines that the backend itself added. */
  readonly stream?: 'stdout' | 'stderr' | undefined;
}
