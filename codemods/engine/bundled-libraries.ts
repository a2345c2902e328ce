import { getLibFiles } from '@ts-morph/common';

/** Where the bundled compiler believes its `lib.*.d.ts` files to be. No such folder exists on disk. */
export const bundledLibraryFolder = '/node_modules/refacet-bundled-typescript/lib';

let texts: ReadonlyMap<string, string> | undefined;

/**
 * The text of a library file of the bundled compiler. It is published without the files, and without them every
 * `Promise` is an error, which a comparison of errors before and after would hide.
 */
export function bundledLibrary(path: string): string | undefined {
  if (!path.startsWith(bundledLibraryFolder)) return undefined;
  texts ??= new Map(getLibFiles().map(({ fileName, text }) => [`${bundledLibraryFolder}/${fileName}`, text]));
  return texts.get(path);
}
