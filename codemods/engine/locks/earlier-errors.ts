import { ts } from 'ts-morph';
import type { RewrittenFile } from '../rewrite/rewrite.js';
import { PositionMap } from './position-map.js';

/** The errors of a project before its migration, each of which excuses one error after it. */
export class EarlierErrors {
  readonly #left: Map<string, number[]>;
  readonly #maps: ReadonlyMap<string, PositionMap>;

  constructor(errors: readonly ts.Diagnostic[], files: readonly RewrittenFile[]) {
    this.#left = new Map();
    for (const error of errors) {
      const key = keyOf(error);
      this.#left.set(key, [...(this.#left.get(key) ?? []), error.start ?? 0]);
    }
    this.#maps = new Map(files.map(({ path, placed }) => [path, new PositionMap(placed)]));
  }

  /** Takes the error that had these words at this place, if there was one. */
  takeAt(error: ts.Diagnostic): boolean {
    const { file, start = 0 } = error;
    const map = this.#maps.get(file?.fileName ?? '');
    const position = map === undefined ? start : map.toBefore(start);
    const places = this.#left.get(keyOf(error)) ?? [];
    const index = position === undefined ? -1 : places.indexOf(position);
    if (index >= 0) places.splice(index, 1);
    return index >= 0;
  }

  /** Takes an error of these words, wherever in the file it was: the code that it was in has changed. */
  takeLike(error: ts.Diagnostic): boolean {
    return this.#left.get(keyOf(error))?.pop() !== undefined;
  }
}

function keyOf({ file, code, messageText }: ts.Diagnostic): string {
  return `${file?.fileName ?? ''} ${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}
