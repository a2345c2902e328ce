/** What the worker that runs a command tells the process around it. */
export type WorkerMessage =
  | { readonly kind: 'out' | 'error'; readonly text: string }
  /** Wants an answer when it has been read. */
  | { readonly kind: 'page'; readonly text: string }
  /** Wants the answer of a person. */
  | { readonly kind: 'ask'; readonly text: string }
  | { readonly kind: 'exit'; readonly code: number };

/** What the worker is started with. */
export interface WorkerInput {
  readonly commandLine: readonly string[];
  readonly workingDirectory: string;
  readonly isTerminal: boolean;
  /** Whether the result goes to a person. */
  readonly isPaged: boolean;
  readonly version: string;
  /** One number that both see: 1 while something is going on that must not be cut in two. */
  readonly busy: SharedArrayBuffer;
}
