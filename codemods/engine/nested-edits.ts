/** An edit that is written when the edits inside its range are known. */
export interface NestedEdit {
  readonly start: number;
  readonly end: number;
  /** Tells apart what was asked for twice: the same key at the same place is one edit. */
  readonly key: string;
  /** The new text; `textOf` gives any stretch inside the range after the edits in it. */
  build(textOf: (start: number, end: number) => string): string;
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

  /** The whole text after all edits. */
  apply(): string {
    return this.#render(0, this.text.length, undefined);
  }

  #render(start: number, end: number, outer: NestedEdit | undefined): string {
    const inside = this.#edits.filter(
      (edit) => edit !== outer && edit.start >= start && edit.end <= end && (outer === undefined || !contains(edit, outer)),
    );
    const outermost = inside.filter((edit) => !inside.some((other) => other !== edit && isAround(other, edit)));
    outermost.sort((left, right) => left.start - right.start || left.end - right.end);
    let result = '';
    let position = start;
    for (const edit of outermost) {
      if (edit.start < position) throw new Error(`edits overlap at ${edit.start}: ${edit.key}`);
      result += this.text.slice(position, edit.start);
      result += edit.build((from, to) => this.#render(from, to, edit));
      position = edit.end;
    }
    return result + this.text.slice(position, end);
  }
}

/** Whether `outer` is strictly larger than `inner`. Insertions at an edge stay outside. */
function isAround(outer: NestedEdit, inner: NestedEdit): boolean {
  const isLarger = outer.end - outer.start > inner.end - inner.start;
  const isInsertionAtEdge = inner.start === inner.end && (inner.start === outer.start || inner.start === outer.end);
  return isLarger && outer.start <= inner.start && inner.end <= outer.end && !isInsertionAtEdge;
}

function contains(edit: NestedEdit, outer: NestedEdit): boolean {
  return edit.start <= outer.start && edit.end >= outer.end && edit.end > edit.start;
}
