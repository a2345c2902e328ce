import { ts } from 'ts-morph';

/** One tsconfig, as it is read. */
export interface Tsconfig {
  readonly path: string;
  readonly options: ts.CompilerOptions;
  readonly fileNames: readonly string[];
  /** The tsconfigs that it refers to. */
  readonly references: readonly string[];
  /** Why it cannot be used, where it cannot. */
  readonly problem: string | undefined;
}

/** Reads a tsconfig with all that it extends; `undefined` when there is none. */
export function readTsconfig(path: string): Tsconfig | undefined {
  const config = ts.getParsedCommandLineOfConfigFile(
    path,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  if (config === undefined) return undefined;
  const broken =
    ts.readConfigFile(path, (file) => ts.sys.readFile(file)).error ?? config.errors.find(isBroken);
  const references = config.projectReferences ?? [];
  return {
    path,
    options: config.options,
    fileNames: config.fileNames,
    references: references.map((one) => ts.resolveProjectReferencePath(one).split('\\').join('/')),
    problem: broken && ts.flattenDiagnosticMessageText(broken.messageText, ' ').replace(/\.$/, ''),
  };
}

/** A file that is extended and cannot be read, or is no JSON. Options that nobody knows are no reason to stop. */
function isBroken({ code, category }: ts.Diagnostic): boolean {
  return category === ts.DiagnosticCategory.Error && (code < 2000 || code === 5083 || code === 6053);
}
