import type { ts } from 'ts-morph';
import type { FacadeModel } from '../facade/facade-model.js';
import type { NestedEdit, NestedEdits } from '../nested-edits.js';
import type { Cause } from '../reasons.js';
import type { Carrier, DoubleLiteral } from '../resolve/carrier.js';
import type { CarrierIndex } from '../resolve/carrier-index.js';
import type { ImportPlanner } from './import-planner.js';
import type { ReadsSlot } from './unread-slots.js';
import type { FileStyle } from './file-style.js';

/** What is being written in one file, with all that writing needs to ask. */
export interface FileRewriter {
  readonly file: ts.SourceFile;
  readonly style: FileStyle;
  readonly edits: NestedEdits;
  readonly imports: ImportPlanner;
  readonly index: CarrierIndex;
  readonly model: FacadeModel;
  /** The slots of a carrier that moves; `undefined` for one that stays. */
  slotsOf(carrier: Carrier): readonly number[] | undefined;
  /** Whether the code that a carrier is declared for reads a facet of it. */
  readonly reads: ReadsSlot;
  /** The test double that is written where the source is asked for. */
  readonly doubleAt: (value: ts.Expression) => DoubleLiteral | undefined;
  /** The name of a carrier's facet. */
  nameOf(carrier: Carrier, slot: number): string;
  /** The facets that are read of a parameter property as a member; of those alone one is made. */
  memberSlotsOf(carrier: Carrier): ReadonlySet<number>;
  /** Adds an edit on behalf of a carrier, which answers for it when it does not compile. */
  edit(owner: Carrier, edit: Omit<NestedEdit, 'owner'>): void;
  /** Notes that something cannot be written; the carrier then stays. */
  refuse(owner: Carrier, node: ts.Node, cause: Cause): void;
}
