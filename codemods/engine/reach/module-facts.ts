import { ts } from 'ts-morph';
import { isJavaScript } from '../javascript-files.js';
import { typeMentions, type TypeMentions } from './type-mentions.js';

/** A statement of the top level of a module. */
export interface Unit {
  /** What it declares, or puts members on. */
  readonly names: readonly string[];
  readonly exported: 'no' | 'by-name' | 'as-default';
  /** What the types of what it declares may depend on. */
  readonly mentions: TypeMentions;
}

/** A name that a module takes from another, or passes on. `imported` is `*` for all of it. */
export interface Passed {
  /** Missing where a module passes on what it has itself. */
  readonly specifier: string | undefined;
  readonly imported: string;
  readonly local: string;
}

/** How a module is woven into others, as far as the types of values go. */
export interface ModuleFacts {
  readonly units: readonly Unit[];
  readonly imports: readonly Passed[];
  /** `export { a as b }`, from elsewhere or not; `export * from` has `*` as its local name. */
  readonly exports: readonly Passed[];
  /** What it declares for everybody, imported or not: globals, members of other modules. */
  readonly everywhere: readonly TypeMentions[];
}

/** Reads a module; `undefined` where its names cannot be followed: JavaScript, `export =`. */
export function readModuleFacts(file: ts.SourceFile): ModuleFacts | undefined {
  if (isJavaScript(file.fileName)) return undefined;
  const units: Unit[] = [];
  const imports: Passed[] = [];
  const exports: Passed[] = [];
  const everywhere: TypeMentions[] = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) imports.push(...importsOf(statement));
    else if (ts.isExportDeclaration(statement)) exports.push(...exportsOf(statement));
    else if (ts.isExportAssignment(statement)) {
      if (statement.isExportEquals === true) return undefined;
      units.push({ names: [], exported: 'as-default', mentions: typeMentions(statement.expression) });
    } else if (
      ts.isImportEqualsDeclaration(statement) &&
      ts.isExternalModuleReference(statement.moduleReference)
    ) {
      const { expression } = statement.moduleReference;
      const specifier = ts.isStringLiteral(expression) ? expression.text : '';
      imports.push({ specifier, imported: '*', local: statement.name.text });
      if (isExported(statement))
        exports.push({ specifier: undefined, imported: statement.name.text, local: statement.name.text });
    } else if (isForEverybody(statement) || !ts.isExternalModule(file)) {
      everywhere.push(typeMentions(statement));
    } else {
      units.push({
        names: declaredNames(statement),
        exported: exportOf(statement, file),
        mentions: typeMentions(statement),
      });
    }
  }
  return { units, imports, exports, everywhere };
}

function importsOf({ importClause, moduleSpecifier }: ts.ImportDeclaration): readonly Passed[] {
  const specifier = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
  const { name, namedBindings } = importClause ?? {};
  const found: Passed[] = name === undefined ? [] : [{ specifier, imported: 'default', local: name.text }];
  if (namedBindings === undefined) return found;
  if (ts.isNamespaceImport(namedBindings)) {
    return [...found, { specifier, imported: '*', local: namedBindings.name.text }];
  }
  return [...found, ...namedBindings.elements.map((one) => passedBy(one, specifier))];
}

function exportsOf({ exportClause, moduleSpecifier }: ts.ExportDeclaration): readonly Passed[] {
  const specifier = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (exportClause === undefined) return [{ specifier, imported: '*', local: '*' }];
  if (ts.isNamespaceExport(exportClause))
    return [{ specifier, imported: '*', local: exportClause.name.text }];
  return exportClause.elements.map((one) => passedBy(one, specifier));
}

function passedBy(one: ts.ImportSpecifier | ts.ExportSpecifier, specifier: string | undefined): Passed {
  return { specifier, imported: (one.propertyName ?? one.name).text, local: one.name.text };
}

/** `declare global`, `declare module '…'`, `export as namespace`. */
function isForEverybody(statement: ts.Statement): boolean {
  return (
    ts.isNamespaceExportDeclaration(statement) ||
    (ts.isModuleDeclaration(statement) &&
      (ts.isStringLiteral(statement.name) || statement.name.text === 'global'))
  );
}

function exportOf(statement: ts.Statement, { isDeclarationFile }: ts.SourceFile): Unit['exported'] {
  // Declaration files export what they declare, whether they say so or not.
  if (!isExported(statement)) return isDeclarationFile ? 'by-name' : 'no';
  const isDefault = modifiersOf(statement).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  return isDefault ? 'as-default' : 'by-name';
}

function isExported(statement: ts.Statement): boolean {
  return modifiersOf(statement).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function modifiersOf(statement: ts.Statement): readonly ts.Modifier[] {
  return (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
}

/** The names that a statement declares, however deep outside functions, and those of what it puts members on. */
function declaredNames(statement: ts.Statement): readonly string[] {
  const found: string[] = [];
  const bind = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) found.push(name.text);
    else for (const one of name.elements) if (ts.isBindingElement(one)) bind(one.name);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) bind(node.name);
    else if (ts.isBinaryExpression(node)) {
      const root = rootOf(node.left);
      if (root !== undefined) found.push(root.text);
    } else if (isNamedDeclaration(node)) {
      found.push(node.name.text);
    }
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

function isNamedDeclaration(
  node: ts.Node,
): node is ts.DeclarationStatement & { readonly name: ts.Identifier } {
  return (
    (ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isModuleDeclaration(node) ||
      ts.isImportEqualsDeclaration(node)) &&
    node.name !== undefined &&
    ts.isIdentifier(node.name)
  );
}

/** `service` of `service.runner = …`. */
function rootOf(node: ts.Expression): ts.Identifier | undefined {
  if (ts.isIdentifier(node)) return node;
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
    ? rootOf(node.expression)
    : undefined;
}
