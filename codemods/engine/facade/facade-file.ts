import { posix } from 'node:path';
import { UsageError } from '../usage-error.js';
import { mapNames, type FacadeModel } from './facade-model.js';
import type { ExportedName } from './template.js';

/** Counted up when a reader of the old form would misunderstand the new one. */
export const facadeFileVersion = 1;

/** How the model is made again; messages name it. */
export const facadeFileCommand = 'refacet model';

/** The model of a facade as it is published: beside the declaration of its class, which has no bodies. */
interface FacadeFile {
  readonly version: number;
  readonly model: FacadeModel;
}

/** Where the model of a facade lies: beside the declaration file that holds the class. */
export function facadeFilePath(declarationPath: string): string {
  return `${declarationPath.replace(/\.d\.([cm]?)ts$/, '.$1').replace(/\.$/, '')}.facade.json`;
}

/** The text of a model's file. Modules are named from the folder of the file, so that it means the same anywhere. */
export function printFacadeFile(model: FacadeModel, path: string): string {
  const folder = posix.dirname(path);
  const file: FacadeFile = {
    version: facadeFileVersion,
    model: mapNames(model, ({ name, module, published }) => ({
      name,
      module: relativeTo(folder, module),
      specifier: undefined,
      published,
    })),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** Reads a model's file back. The modules in it are absolute again. */
export function parseFacadeFile(text: string, path: string): FacadeModel {
  const { version, model } = parseJson(text, path);
  if (version !== facadeFileVersion || model === undefined) {
    throw new UsageError(
      `${path} has version ${String(version)}, and this refacet reads version ${facadeFileVersion}. ` +
        `Install the refacet that wrote it, or let the package's build run \`${facadeFileCommand}\` again.`,
    );
  }
  const folder = posix.dirname(path);
  return mapNames(model, (name) => ({ ...name, module: posix.join(folder, name.module) }));
}

function parseJson(text: string, path: string): { version?: unknown; model?: FacadeModel } {
  try {
    return JSON.parse(text) as { version?: unknown; model?: FacadeModel };
  } catch (cause) {
    throw new UsageError(
      `${path} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        `Let the package's build run \`${facadeFileCommand}\` again.`,
    );
  }
}

function relativeTo(folder: string, module: ExportedName['module']): string {
  const path = posix.relative(folder, module);
  return path.startsWith('.') ? path : `./${path}`;
}
