/** Tests that have to notice a mutant, from the narrowest to the widest. */
export type Killer =
  /** A fixture of its own project. */
  | { readonly project: string }
  /** A fixture that shares its program with others of its kind. */
  | { readonly situation: string }
  /** So many generated consumers, of which one has to behave otherwise. */
  | { readonly generated: number }
  /** A test file, or the tests in it with these words in their names. */
  | { readonly test: string; readonly named?: string };

/** A mistake that somebody could make in the engine, as a replacement in its source. */
export interface EngineMutant {
  readonly name: string;
  /** Path from the project's root. */
  readonly file: string;
  /** Text that the file has exactly once. */
  readonly find: string;
  readonly put: string;
  readonly killers: readonly Killer[];
}

/** The source with the mistake in it. Throws where the source has moved on and the mutant has to follow. */
export function withMutant(source: string, { name, file, find, put }: EngineMutant): string {
  const places = source.split(find).length - 1;
  if (places !== 1) throw new Error(`"${name}" applies to ${places} places of ${file}, not to one: ${find}`);
  return source.replace(find, () => put);
}
