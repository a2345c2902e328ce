/** What a process has used up. */
export interface ResourceUse {
  readonly wallMilliseconds: number;
  readonly cpuMilliseconds: number;
  readonly residentBytes: number;
}

/** What a command may touch of the world: handed in, so that tests can read it. */
export interface Streams {
  readonly workingDirectory: string;
  /** The result. */
  out(text: string): void;
  /** Progress and errors. */
  error(text: string): void;
  /** Whether a person reads `error`: only then is there progress. */
  readonly isTerminal: boolean;
  /** Shows a long result to a person, with colours and a pager. Missing where the result goes to a file or a pipe. */
  page?(text: string): Promise<void>;
  /** Asks a person. Missing where nobody is there to answer. */
  ask?(question: string): Promise<string>;
  /** Runs something that an interruption must not cut in two. */
  undisturbed?(action: () => void): void;
  measure?(): ResourceUse;
  /** Version of this package. */
  readonly version?: string;
}
