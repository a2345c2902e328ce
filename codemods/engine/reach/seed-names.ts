import { ts } from 'ts-morph';
import type { FacadeLocation } from '../facade/locate-facade.js';

/** The names by which a project may speak of the source and the facade, as far as they are known without a program. */
export function seedNames(location: FacadeLocation, textOf: (path: string) => string): readonly string[] {
  if (location.kind === 'published') {
    const { facade, source, wayBack } = location.model;
    return [facade.name, source.name, ...(wayBack === undefined ? [] : [wayBack.name])];
  }
  const file = ts.createSourceFile(location.file, textOf(location.file), ts.ScriptTarget.Latest);
  const names = new Set([location.name]);
  for (const statement of file.statements) {
    if (!ts.isClassDeclaration(statement) || statement.name?.text !== location.name) continue;
    for (const { expression } of (statement.heritageClauses ?? []).flatMap(({ types }) => types)) {
      if (ts.isIdentifier(expression)) names.add(expression.text);
    }
  }
  return [...names, ...originalNames(file, names)];
}

/** What is imported under one of the names. */
function originalNames(file: ts.SourceFile, names: ReadonlySet<string>): readonly string[] {
  return file.statements.flatMap((statement) => {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.flatMap(({ name, propertyName }) =>
      names.has(name.text) && propertyName !== undefined ? [propertyName.text] : [],
    );
  });
}
