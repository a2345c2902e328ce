import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface MethodParameter {
  readonly name: string;
  readonly type: string;
}

/** A method of an interface, as its source says it. */
export interface InterfaceMethod {
  readonly name: string;
  readonly parameters: readonly MethodParameter[];
}

/** The methods of an interface in the order of its source. */
export function readMethods(path: string, name: string): readonly InterfaceMethod[] {
  const file = parse(path);
  const declaration = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (declaration === undefined) throw new Error(`${path} declares no interface ${name}`);
  return declaration.members.filter(ts.isMethodSignature).map((method) => ({
    name: method.name.getText(),
    parameters: method.parameters.map((parameter) => ({
      name: parameter.name.getText(),
      type: parameter.type?.getText() ?? 'unknown',
    })),
  }));
}

/** The names that a file imports, sorted. */
export function readImportedNames(path: string): readonly string[] {
  return parse(path)
    .statements.filter(ts.isImportDeclaration)
    .flatMap(({ importClause }) => {
      const bindings = importClause?.namedBindings;
      return bindings !== undefined && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
    })
    .map(({ name }) => name.text)
    .sort();
}

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}
