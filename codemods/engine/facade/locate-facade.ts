import { toAbsolutePath } from '../project-path.js';
import { UsageError } from '../usage-error.js';
import { declaringFile } from './declaring-file.js';
import { facadeFileCommand, facadeFilePath, parseFacadeFile } from './facade-file.js';
import { mapNames, type FacadeModel } from './facade-model.js';
import type { FacadeLookup } from './facade-lookup.js';

/** Where a facade is, and what is known of it before a program exists. */
export type FacadeLocation =
  /** Its source is at hand: the model is read from it. */
  | { readonly kind: 'source'; readonly file: string; readonly name: string }
  /** It comes from a package: only declarations, and beside them the model. */
  | {
      readonly kind: 'published';
      readonly file: string;
      readonly model: FacadeModel;
      /** The modules that callers import from; a program needs them even where nobody imports them yet. */
      readonly modules: readonly string[];
    };

/** Finds a facade by its name: `legacy/legacy-runner.ts#LegacyRunner`, or `refacet/legacy#LegacyRunner`. */
export function locateFacade(facade: string, lookup: FacadeLookup): FacadeLocation {
  const [path = '', name = ''] = facade.split('#');
  const { root } = lookup;
  const inProject = toAbsolutePath(root, path);
  const isPath = /^\.{0,2}\//.test(path) || lookup.readFile(inProject) !== undefined;
  // A relative specifier or an extension can only be meant as a path; its absence is reported by who opens it.
  if (isPath || /\.[cm]?[jt]sx?$/.test(path)) return { kind: 'source', file: inProject, name };
  const entry = lookup.resolveModule(path, `${root}/refacet.config.ts`);
  if (entry === undefined) {
    throw new UsageError(
      `${path} is no file of the project, and no package of that name resolves from ${root}. ` +
        'Check "facade", and that the package is installed.',
    );
  }
  const declaring = declaringFile(entry, name, lookup);
  if (declaring === undefined) throw new UsageError(`${path} exports no class ${name}. Check "facade".`);
  if (!/\.d\.[cm]?ts$/.test(declaring.file)) return { kind: 'source', ...declaring };
  return readPublished(declaring.file, path, lookup);
}

function readPublished(file: string, specifier: string, lookup: FacadeLookup): FacadeLocation {
  const path = facadeFilePath(file);
  const text = lookup.readFile(path);
  if (text === undefined) {
    throw new UsageError(
      `${path} does not exist, so the bodies of the facade of ${specifier} are not known. ` +
        `Let the build of that package run \`${facadeFileCommand}\` after its compiler, and publish the file.`,
    );
  }
  const declared = parseFacadeFile(text, path);
  const modules = new Set<string>();
  const asImported = mapNames(declared, ({ name, module, published }) => {
    const entry = published && lookup.resolveModule(published.specifier, `${lookup.root}/refacet.config.ts`);
    if (published === undefined || entry === undefined) return { name, module, specifier: undefined };
    modules.add(entry);
    return { name: published.name, module: entry, specifier: published.specifier };
  });
  // The facade and the source are known by their declarations; nothing imports them anew.
  const model = { ...asImported, facade: declared.facade, source: declared.source };
  return { kind: 'published', file, model, modules: [...modules] };
}
