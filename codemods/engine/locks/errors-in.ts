import { ts } from 'ts-morph';

/** The compiler can check some statements of a file alone; the third parameter is missing in its declarations. */
type Diagnose = (
  file: ts.SourceFile,
  cancellation: undefined,
  nodes: readonly ts.Node[] | undefined,
) => readonly ts.Diagnostic[];

/** The errors of a file; with `part`, of those statements of its top level. */
export function errorsIn(
  program: ts.Program,
  file: ts.SourceFile,
  part?: readonly ts.Node[],
): readonly ts.Diagnostic[] {
  const diagnose: Diagnose = program.getSemanticDiagnostics.bind(program);
  const isPart = part !== undefined && !needsWhole(program.getCompilerOptions(), file);
  return [
    ...program.getSyntacticDiagnostics(file),
    ...diagnose(file, undefined, isPart ? part : undefined),
  ].filter(({ category }) => category === ts.DiagnosticCategory.Error);
}

/** What is not used, or expected in vain, shows only when everything was looked at. */
function needsWhole(
  { noUnusedLocals, noUnusedParameters }: ts.CompilerOptions,
  { text }: ts.SourceFile,
): boolean {
  return noUnusedLocals === true || noUnusedParameters === true || text.includes('@ts-expect-error');
}
