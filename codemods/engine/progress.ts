/** What the engine is busy with, in the order in which it happens; checking leads back to rewriting. */
export type Phase =
  'reading' | 'resolving' | 'rewriting' | 'checking' | 'formatting' | 'counting' | 'writing';

/** How far a phase is. */
export interface Progress {
  readonly phase: Phase;
  readonly done: number;
  /** Zero where it is not known. */
  readonly total: number;
  /** The file that is worked on. */
  readonly path?: string;
}

/** Is told about progress; must be quick, since it is called for every file. */
export type OnProgress = (progress: Progress) => void;
