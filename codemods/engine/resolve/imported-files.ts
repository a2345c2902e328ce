import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/** The files that are reached from some by imports and re-exports, themselves among them. */
export function importedFiles(
  from: Iterable<ts.SourceFile>,
  known: ReadonlySet<ts.SourceFile>,
  checker: Checker,
): ReadonlySet<ts.SourceFile> {
  const reached = new Set(from);
  for (const file of reached) {
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
      const module = statement.moduleSpecifier && checker.getSymbolAtLocation(statement.moduleSpecifier);
      const target = module?.declarations?.find(ts.isSourceFile);
      if (target !== undefined && known.has(target)) reached.add(target);
    }
  }
  return reached;
}
