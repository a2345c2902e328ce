import type { ProjectPath } from '../engine/project-path.js';
import type { Reason } from '../engine/reasons.js';

/** A place in the project. Lines and columns count from 1. */
export interface Place {
  readonly path: ProjectPath;
  readonly line: number;
  readonly column: number;
}

/** A use, or a carrier without one, that was left alone. */
export interface LeftAlone extends Place {
  /** The member that is used, or the name of the carrier. */
  readonly name: string;
  readonly kind: 'use' | 'carrier';
  readonly reason: Reason;
  readonly detail?: string;
  /** For `blocked-by`: what would have to change. */
  readonly blockedBy?: Place & { readonly reason: Reason; readonly detail?: string };
}
