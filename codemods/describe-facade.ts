import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import type { Configuration } from './configuration/read-configuration.js';
import { facadeFilePath, printFacadeFile } from './engine/facade/facade-file.js';
import { mapNames } from './engine/facade/facade-model.js';
import { findFacade } from './engine/facade/find-facade.js';
import { PublishedNames, type PackageManifest } from './engine/facade/published-names.js';
import { findUpwards, openProject, type Project } from './engine/open-project.js';
import { toAbsolutePath } from './engine/project-path.js';
import { UsageError } from './engine/usage-error.js';

/** The model of a facade as a file of its package, not yet written. */
export interface FacadeDescription {
  /** Absolute path: beside the declaration file that the build emits for the facade's module. */
  readonly path: string;
  readonly text: string;
  /** Names that callers need and that the package does not export: what needs them will be left alone. */
  readonly unpublished: readonly string[];
}

/**
 * Describes a facade for the consumers of its package, who get declarations without bodies. The tsconfig has to be the
 * one that the package is built with.
 */
export function describeFacade(configuration: Configuration): FacadeDescription {
  const { tsconfig = 'tsconfig.json' } = configuration;
  const project = openProject({ ...configuration, tsconfig });
  const { model } = findFacade(project, configuration);
  const emitted = emittedFiles(project);
  const declaration = emitted.get(model.facade.module);
  if (declaration === undefined) {
    throw new UsageError(
      `${tsconfig} emits no declaration for ${model.facade.module}. ` +
        'Name the tsconfig of the build, with "declaration", by --project.',
    );
  }
  const packageFolder = findUpwards(dirname(model.facade.module), 'package.json');
  if (packageFolder === undefined) throw new UsageError(`${model.facade.module} is in no package.`);
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as PackageManifest;
  const sources = new Map([...emitted].map(([source, path]) => [withoutExtension(path), source]));
  const published = new PublishedNames(project.program.getTypeChecker(), project.program, manifest, (path) =>
    sources.get(withoutExtension(toAbsolutePath(packageFolder, path))),
  );
  const unpublished = new Set<string>();
  const path = facadeFilePath(declaration);
  const described = mapNames(model, (name) => {
    const found = published.find(name);
    if (found === undefined) unpublished.add(name.name);
    return { ...name, module: emitted.get(name.module) ?? name.module, published: found };
  });
  return { path, text: printFacadeFile(described, path), unpublished: [...unpublished].sort() };
}

/** The declaration file that the build makes of each source file. */
function emittedFiles({ options, fileNames }: Project): ReadonlyMap<string, string> {
  const commandLine = { options: { ...options, noEmit: false }, fileNames: [...fileNames], errors: [] };
  return new Map(
    fileNames.flatMap((source) => {
      const outputs = ts.getOutputFileNames(commandLine, source, !ts.sys.useCaseSensitiveFileNames);
      const declaration = outputs.find((path) => /\.d\.[cm]?ts$/.test(path));
      return declaration === undefined ? [] : [[source, declaration] as const];
    }),
  );
}

function withoutExtension(path: string): string {
  return path.replace(/(?:\.d)?\.([cm]?)[jt]sx?$/, '.$1');
}
