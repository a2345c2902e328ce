/** What a command may touch of the world: handed in, so that tests can read it. */
export interface Streams {
  readonly workingDirectory: string;
  /** The result. */
  out(text: string): void;
  /** Progress and errors. */
  error(text: string): void;
  readonly isTerminal: boolean;
}
