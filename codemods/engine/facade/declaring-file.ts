import { ts } from 'ts-morph';
import type { FacadeLookup } from './facade-lookup.js';

/** A class and the file that declares it. */
export interface DeclaringFile {
  readonly file: string;
  readonly name: string;
}

/** Follows the re-exports of a module to the file that declares a class. No program is needed for that. */
export function declaringFile(
  file: string,
  name: string,
  lookup: FacadeLookup,
  seen: Set<string> = new Set(),
): DeclaringFile | undefined {
  if (seen.has(`${file}#${name}`)) return undefined;
  seen.add(`${file}#${name}`);
  const text = lookup.readFile(file);
  if (text === undefined) return undefined;
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const follow = (specifier: ts.Expression | undefined, as: string): DeclaringFile | undefined => {
    const next = specifier && ts.isStringLiteral(specifier) && lookup.resolveModule(specifier.text, file);
    return typeof next === 'string' ? declaringFile(next, as, lookup, seen) : undefined;
  };
  if (statements.some((one) => ts.isClassDeclaration(one) && one.name?.text === name)) return { file, name };
  const stars: ts.ExportDeclaration[] = [];
  for (const statement of statements) {
    if (!ts.isExportDeclaration(statement)) continue;
    const { exportClause, moduleSpecifier } = statement;
    if (exportClause === undefined) stars.push(statement);
    else if (ts.isNamedExports(exportClause)) {
      const element = exportClause.elements.find((one) => one.name.text === name);
      if (element === undefined) continue;
      const original = (element.propertyName ?? element.name).text;
      if (moduleSpecifier !== undefined) return follow(moduleSpecifier, original);
      return followImport(statements, original, follow) ?? declaringFile(file, original, lookup, seen);
    }
  }
  for (const star of stars) {
    const found = follow(star.moduleSpecifier, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A name that a module imports and exports again in two statements. */
function followImport(
  statements: readonly ts.Statement[],
  local: string,
  follow: (specifier: ts.Expression, name: string) => DeclaringFile | undefined,
): DeclaringFile | undefined {
  for (const statement of statements) {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const element = bindings.elements.find((one) => one.name.text === local);
    if (element === undefined || !ts.isImportDeclaration(statement)) continue;
    return follow(statement.moduleSpecifier, (element.propertyName ?? element.name).text);
  }
  return undefined;
}
