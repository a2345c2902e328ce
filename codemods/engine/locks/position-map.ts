import type { PlacedEdit } from '../nested-edits.js';

/** Translates positions between a text and what its edits have made of it. */
export class PositionMap {
  constructor(private readonly placed: readonly PlacedEdit[]) {}

  /** The new position; `undefined` inside what an edit replaced. */
  toAfter(position: number): number | undefined {
    let shift = 0;
    for (const { from, end } of this.placed) {
      if (from.start > position) break;
      if (position < from.end) return undefined;
      shift = end - from.end;
    }
    return position + shift;
  }

  /** The old position; `undefined` inside what an edit wrote. */
  toBefore(position: number): number | undefined {
    const edit = this.placed.findLast(({ start }) => start <= position);
    if (edit === undefined) return position;
    return position < edit.end ? undefined : position - edit.end + edit.from.end;
  }

  /** The edit that replaced an old position. */
  replacing(position: number): PlacedEdit | undefined {
    return this.placed.find(({ from }) => from.start <= position && position < from.end);
  }

  /** The edit that wrote a new position. */
  writing(position: number): PlacedEdit | undefined {
    return this.placed.find(({ start, end }) => start <= position && position < end);
  }
}
