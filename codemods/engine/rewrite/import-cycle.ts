import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/**
 * Whether running `from` runs `to` as well, through imports of values: an import of `from` in `to` would then close a
 * cycle, and which of the two runs first would depend on who asks for which.
 */
export function leadsTo(from: ts.SourceFile, to: ts.SourceFile, checker: Checker): boolean {
  const seen = new Set<ts.SourceFile>([from]);
  for (const file of seen) {
    if (file === to) return true;
    for (const next of valueImports(file, checker)) seen.add(next);
  }
  return false;
}

/** Whether a file imports another by value already. */
export function importsValuesOf(file: ts.SourceFile, other: ts.SourceFile, checker: Checker): boolean {
  return valueImports(file, checker).includes(other);
}

function valueImports(file: ts.SourceFile, checker: Checker): readonly ts.SourceFile[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (statement.moduleSpecifier === undefined || isTypeOnly(statement)) return [];
    const target = checker.getSymbolAtLocation(statement.moduleSpecifier)?.valueDeclaration;
    return target !== undefined && ts.isSourceFile(target) ? [target] : [];
  });
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  return statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}
