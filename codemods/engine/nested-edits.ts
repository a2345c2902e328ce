/** An edit that is written when the edits inside its range are known. */
export interface NestedEdit {
  /** Who asked for it: who answers for it when the outcome does not compile. */
  readonly owner?: unknown;
  readonly start: number;
  readonly end: number;
  /** Tells apart what was asked for twice: the same key at the same place is one edit. */
  readonly key: string;
  /** The new text; `textOf` gives any stretch inside the range after the edits in it. */
  build(textOf: (start: number, end: number) => string): string;
}

/** Where an edit has ended up in the new text, what it replaced, and who answers for it and for those inside it. */
export interface PlacedEdit {
  readonly from: { readonly start: number; readonly end: number };
  readonly start: number;
  readonly end: number;
  readonly owners: readonly unknown[];
}

export interface AppliedEdits {
  readonly text: string;
  readonly placed: readonly PlacedEdit[];
}

/**
 * Edits of one file, some inside others: a call inside the argument of a call. Inner ones are applied first, and the
 * outer one takes their outcome over.
 */
export class NestedEdits {
  readonly #edits: NestedEdit[] = [];

  constructor(private readonly text: string) {}

  get isEmpty(): boolean {
    return this.#edits.length === 0;
  }

  add(edit: NestedEdit): void {
    const isKnown = this.#edits.some(
      ({ start, end, key }) => start === edit.start && end === edit.end && key === edit.key,
    );
    if (!isKnown) this.#edits.push(edit);
  }

  replace(start: number, end: number, text: string): void {
    this.add({ start, end, key: text, build: () => text });
  }

  /** The whole text after all edits, and where the outermost ones have ended up. */
  apply(): AppliedEdits {
    const placed: PlacedEdit[] = [];
    const text = this.#render(0, this.text.length, undefined, placed);
    return { text, placed };
  }

  /** A stretch of the text after the edits strictly inside it. */
  textOf(start: number, end: number): string {
    return this.#render(start, end, { start, end, key: 'text', build: () => '' });
  }

  #render(start: number, end: number, outer: NestedEdit | undefined, placed?: PlacedEdit[]): string {
    const inside = this.#edits.filter(
      (edit) => edit.start >= start && edit.end <= end && (outer === undefined || isAround(outer, edit)),
    );
    const outermost = inside.filter(
      (edit) => !inside.some((other) => other !== edit && isAround(other, edit)),
    );
    outermost.sort((left, right) => left.start - right.start || left.end - right.end);
    let result = '';
    let position = start;
    for (const edit of outermost) {
      if (edit.start < position) throw new Error(`edits overlap at ${edit.start}: ${edit.key}`);
      result += this.text.slice(position, edit.start);
      const written = edit.build((from, to) => this.#render(from, to, edit));
      const owners = this.#edits
        .filter((one) => one.start >= edit.start && one.end <= edit.end)
        .map(({ owner }) => owner);
      placed?.push({
        from: { start: edit.start, end: edit.end },
        start: result.length,
        end: result.length + written.length,
        owners,
      });
      result += written;
      position = edit.end;
    }
    return result + this.text.slice(position, end);
  }
}

/** Whether `outer` is strictly larger than `inner`. Insertions at an edge stay outside. */
function isAround(outer: NestedEdit, inner: NestedEdit): boolean {
  const isLarger = outer.end - outer.start > inner.end - inner.start;
  const isInsertionAtEdge =
    inner.start === inner.end && (inner.start === outer.start || inner.start === outer.end);
  return isLarger && outer.start <= inner.start && inner.end <= outer.end && !isInsertionAtEdge;
}
