/** What locating asks of the file system and of the project's own way to resolve modules. */
export interface FacadeLookup {
  readonly root: string;
  resolveModule(specifier: string, from: string): string | undefined;
  readFile(path: string): string | undefined;
}
