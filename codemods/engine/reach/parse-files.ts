import { ts } from 'ts-morph';

/** Parses files as a program over them does, without following what they import. */
export function parseFiles(
  paths: readonly string[],
  options: ts.CompilerOptions,
  host: ts.CompilerHost,
): ReadonlyMap<string, ts.SourceFile> {
  const program = ts.createProgram({
    rootNames: paths,
    options: { ...options, noResolve: true, noLib: true, types: [] },
    host: {
      ...host,
      resolveModuleNameLiterals: (literals) => literals.map(() => ({ resolvedModule: undefined })),
    },
  });
  return new Map(
    paths.flatMap((path): [string, ts.SourceFile][] => {
      const file = program.getSourceFile(path);
      // What is broken may have been read as something else.
      return file === undefined || program.getSyntacticDiagnostics(file).length > 0 ? [] : [[path, file]];
    }),
  );
}
