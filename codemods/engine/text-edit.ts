/** A replacement in a text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text after the edits, which must not overlap. Edits at the same place are applied in their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.map((edit, index) => ({ edit, index }));
  sorted.sort(
    (left, right) =>
      left.edit.start - right.edit.start || left.edit.end - right.edit.end || left.index - right.index,
  );
  let result = '';
  let position = 0;
  for (const { edit } of sorted) {
    if (edit.start < position) throw new Error(`edits overlap at ${edit.start}`);
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}
