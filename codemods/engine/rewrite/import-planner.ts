import { dirname, relative } from 'node:path';
import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { ExportedName } from '../facade/template.js';
import type { NestedEdits } from '../nested-edits.js';
import type { Cause } from '../reasons.js';
import type { FileStyle } from './file-style.js';
import { importsValuesOf, leadsTo } from './import-cycle.js';
import { resolvesIn } from './resolves-in.js';
import { printImport, type ImportElement } from './print-import.js';

/** Where names come from. */
export interface ImportContext {
  readonly checker: Checker;
  readonly program: ts.Program;
}

/** What is asked for: `type` where only the type is named. */
export type ImportKind = 'type' | 'value';

interface Request {
  readonly exported: ExportedName;
  readonly localName: string;
  readonly kind: ImportKind;
}

/** The imports of one file: gives names, and in the end the edits that bring them in and take unused ones out. */
export class ImportPlanner {
  readonly #requests = new Map<string, Request>();
  readonly #released = new Set<ts.Node>();
  readonly #retained = new Set<ts.Node>();
  /** Imported names that the new code uses as well. */
  readonly #neededAgain = new Set<string>();
  readonly #releasedLinks = new Set<number>();
  readonly #names: ReadonlySet<string>;
  readonly #imports: readonly ts.ImportDeclaration[];

  constructor(
    private readonly file: ts.SourceFile,
    private readonly style: FileStyle,
    private readonly context: ImportContext,
  ) {
    this.#names = namesIn(file);
    this.#imports = file.statements.filter((statement) => ts.isImportDeclaration(statement));
  }

  /** The local name of an export, imported if need be; `undefined` when no name is free or nothing can be imported. */
  nameOf(exported: ExportedName, kind: ImportKind, alias: string, at: ts.Node): string | undefined {
    const declarations = this.#declarationsOf(exported);
    const existing = this.#findImported(declarations, kind);
    if (existing !== undefined) {
      if (!this.#isVisible(existing, declarations, kind, at)) return undefined;
      this.#neededAgain.add(existing);
      return existing;
    }
    if (declarations.some((declaration) => declaration.getSourceFile() === this.file)) return exported.name;
    if (!this.#isImportable(exported)) return undefined;
    const key = `${exported.module}#${exported.name}`;
    const known = this.#requests.get(key);
    const localName = known?.localName ?? [exported.name, alias].find((name) => !this.#names.has(name));
    if (localName === undefined) return undefined;
    const isValue = kind === 'value' || known?.kind === 'value';
    this.#requests.set(key, { exported, localName, kind: isValue ? 'value' : 'type' });
    return localName;
  }

  /** Why {@link nameOf} gave no name. */
  causeOfRefusal(exported: ExportedName): Cause {
    const { name, specifier } = exported;
    return this.#isImportable(exported)
      ? { reason: 'name-taken', detail: name }
      : {
          reason: 'facet-not-importable',
          detail: specifier === undefined ? name : `${name} of ${specifier}`,
        };
  }

  /** Whether the file can import from where the name is: its package exports it, and the file's own package has it. */
  #isImportable({ module, specifier }: ExportedName): boolean {
    if (specifier === undefined) return !module.includes('/node_modules/');
    if (specifier.startsWith('.')) return true;
    const isImported = this.#imports.some((declaration) => specifierIn(declaration) === specifier);
    return isImported || resolvesIn(this.context.program, specifier, this.file.fileName);
  }

  /** Whether importing a value would make modules wait for each other that did not. */
  closesCycle({ module }: ExportedName): boolean {
    const { checker, program } = this.context;
    const target = program.getSourceFile(module);
    if (target === undefined || target === this.file || importsValuesOf(this.file, target, checker))
      return false;
    return leadsTo(target, this.file, checker);
  }

  /** Notes that the identifiers in a piece of code go away; an import that nothing else needs goes with them. */
  release(node: ts.Node): void {
    if (ts.isIdentifier(node)) this.#released.add(node);
    ts.forEachChild(node, (child) => this.release(child));
  }

  /** Notes that a link in a comment, by its position, names something else from now on. */
  releaseLink(position: number): void {
    this.#releasedLinks.add(position);
  }

  /** Notes that the identifiers in a piece of code are written again, although what they stand in goes away. */
  retain(node: ts.Node): void {
    this.#retained.add(node);
  }

  /** Adds the edits that bring in what was asked for and take out what is no longer used. */
  addEdits(edits: NestedEdits): void {
    const unused = this.#unusedElements();
    const placed = new Map<ts.ImportDeclaration, Request[]>();
    const loose: Request[] = [];
    const isPlain = this.#importsTypesPlainly();
    for (const asked of this.#requests.values()) {
      const request: Request = isPlain ? { ...asked, kind: 'value' } : asked;
      const target = this.#importFor(request);
      if (target === undefined) loose.push(request);
      else placed.set(target, [...(placed.get(target) ?? []), request]);
    }
    const emptied = this.#imports.filter((declaration) => this.#isUnusedNamespace(declaration));
    for (const declaration of this.#imports) {
      const added = placed.get(declaration) ?? [];
      const elements = namedElements(declaration);
      const gone = elements.filter((element) => unused.has(element));
      if (added.length === 0 && gone.length === 0) continue;
      const isEmptied =
        gone.length === elements.length && added.length === 0 && declaration.importClause?.name === undefined;
      if (isEmptied) emptied.push(declaration);
      else
        this.#changeElements(
          edits,
          declaration,
          elements.filter((element) => !unused.has(element)),
          added,
        );
    }
    this.#addLoose(edits, loose, emptied);
  }

  /** Whether the file imports types as it imports values, and its compiler can tell them apart. */
  #importsTypesPlainly(): boolean {
    const { checker, program } = this.context;
    if (program.getCompilerOptions().verbatimModuleSyntax === true) return false;
    const marks = this.#imports.some(
      (one) =>
        one.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        namedElements(one).some(({ isTypeOnly }) => isTypeOnly),
    );
    if (marks) return false;
    return this.#imports.flatMap(namedElements).some((element) => {
      const symbol = checker.getSymbolAtLocation(element.name);
      const target = symbol && checker.getAliasedSymbol(symbol);
      return target !== undefined && (target.flags & ts.SymbolFlags.Interface) !== 0;
    });
  }

  #addLoose(edits: NestedEdits, loose: readonly Request[], emptied: readonly ts.ImportDeclaration[]): void {
    const byModule = new Map<string, Request[]>();
    for (const request of loose) {
      const key = `${this.#specifierOf(request.exported)} ${request.kind}`;
      byModule.set(key, [...(byModule.get(key) ?? []), request]);
    }
    const statements = [...byModule.keys()].sort().map((key) => {
      const requests = byModule.get(key) ?? [];
      const [first] = requests;
      if (first === undefined) throw new Error('a group of imports is never empty');
      const specifier = this.#specifierOf(first.exported);
      const elements = sortElements(requests.map(toElement));
      return {
        specifier,
        text: printImport({ isTypeOnly: first.kind === 'type', elements, specifier }, this.style),
      };
    });
    const kept = this.#imports.filter((declaration) => !emptied.includes(declaration));
    const [place, ...others] = emptied;
    if (kept.length === 0 && place !== undefined && statements.length > 0) {
      const text = statements.map((statement) => statement.text).join(this.style.newline);
      edits.replace(place.getStart(), place.end, text);
      for (const declaration of others) this.#removeLine(edits, declaration);
      return;
    }
    for (const declaration of emptied) this.#removeLine(edits, declaration);
    for (const { specifier, text } of statements) this.#insert(edits, kept, specifier, text);
  }

  /** Puts an import where its module belongs among the others: packages first, then from far to near. */
  #insert(edits: NestedEdits, kept: readonly ts.ImportDeclaration[], specifier: string, text: string): void {
    const { newline } = this.style;
    const same = kept.findLast((one) => specifierIn(one) === specifier);
    const next = kept.find((one) => compareSpecifiers(specifierIn(one), specifier) > 0);
    const like = mostAlike(kept, specifier);
    const last = kept.at(-1);
    const first = this.file.statements[0];
    if (same !== undefined) edits.replace(same.end, same.end, `${newline}${text}`);
    else if (next !== undefined && this.#areSorted()) {
      edits.replace(next.getStart(), next.getStart(), `${text}${newline}`);
    } else if (like !== undefined) edits.replace(like.end, like.end, `${newline}${text}`);
    else if (last !== undefined) edits.replace(last.end, last.end, `${newline}${text}`);
    else edits.replace(first?.getStart() ?? 0, first?.getStart() ?? 0, `${text}${newline}${newline}`);
  }

  #areSorted(): boolean {
    const specifiers = this.#imports.map(specifierIn);
    return specifiers.every((one, index) => compareSpecifiers(specifiers[index - 1] ?? '', one) <= 0);
  }

  #removeLine(edits: NestedEdits, declaration: ts.ImportDeclaration): void {
    const { text } = this.file;
    const next = /^[ \t]*\r?\n/.exec(text.slice(declaration.end))?.[0].length ?? 0;
    edits.replace(declaration.getStart(), declaration.end + next, '');
  }

  #changeElements(
    edits: NestedEdits,
    declaration: ts.ImportDeclaration,
    kept: readonly ts.ImportSpecifier[],
    added: readonly Request[],
  ): void {
    const clause = declaration.importClause;
    const isTypeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    const before: readonly ImportElement[] = kept.map((element) => ({
      text: element.getText(),
      name: element.name.text,
    }));
    const wasSorted = sortElements(before).every((element, index) => element === before[index]);
    const elements = [
      ...before,
      ...added
        .map((request) => toElement(request))
        .map((element, index) =>
          !isTypeOnly && added[index]?.kind === 'type'
            ? { ...element, text: `type ${element.text}` }
            : element,
        ),
    ];
    const specifier = (declaration.moduleSpecifier as ts.StringLiteral).text;
    const text = printImport(
      {
        isTypeOnly,
        defaultName: clause?.name?.text,
        elements: wasSorted ? sortElements(elements) : elements,
        specifier,
      },
      this.style,
    );
    edits.replace(declaration.getStart(), declaration.end, text);
  }

  /** An import of the file that the name can join. */
  #importFor({ exported, kind }: Request): ts.ImportDeclaration | undefined {
    const declarations = this.#declarationsOf(exported);
    const candidates = this.#imports.filter((declaration) => {
      const { importClause } = declaration;
      if (importClause === undefined) return false;
      const { namedBindings } = importClause;
      if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings)) return false;
      const isTypeOnly = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword;
      if (isTypeOnly && (kind === 'value' || importClause.name !== undefined)) return false;
      const module = this.context.checker.getSymbolAtLocation(declaration.moduleSpecifier);
      if (module === undefined) return false;
      return this.context.checker
        .getExportsOfModule(module)
        .some(
          (symbol) =>
            symbol.name === exported.name && this.#targetOf(symbol).some((one) => declarations.includes(one)),
        );
    });
    const typeOnly = candidates.find(
      ({ importClause }) => importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    );
    if (kind === 'value') return candidates[0];
    // A file that never marks single names as types gets a statement of its own for them.
    const marksNames = this.#imports.flatMap(namedElements).some((element) => element.isTypeOnly);
    return typeOnly ?? (marksNames ? candidates[0] : undefined);
  }

  #findImported(declarations: readonly ts.Declaration[], kind: ImportKind): string | undefined {
    for (const declaration of this.#imports) {
      for (const element of namedElements(declaration)) {
        const isTypeOnly =
          element.isTypeOnly || declaration.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
        if (kind === 'value' && isTypeOnly) continue;
        const symbol = this.context.checker.getSymbolAtLocation(element.name);
        if (symbol !== undefined && this.#targetOf(symbol).some((one) => declarations.includes(one))) {
          return element.name.text;
        }
      }
    }
    return undefined;
  }

  /** Whether a name means the import at a place, and nothing nearer hides it. */
  #isVisible(name: string, declarations: readonly ts.Declaration[], kind: ImportKind, at: ts.Node): boolean {
    const meaning = kind === 'value' ? ts.SymbolFlags.Value : ts.SymbolFlags.Type;
    const symbol = this.context.checker.resolveName(name, at, meaning, false);
    return symbol !== undefined && this.#targetOf(symbol).some((one) => declarations.includes(one));
  }

  /** `import * as legacy`, of which nothing is left. */
  #isUnusedNamespace({ importClause }: ts.ImportDeclaration): boolean {
    const bindings = importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamespaceImport(bindings) || importClause?.name !== undefined)
      return false;
    const { name } = bindings;
    const references = identifiersNamed(this.file, name.text).filter((node) => node !== name);
    const isUnused = references.length > 0 && references.every((node) => this.#isReleased(node));
    return isUnused && !this.#isLinked(name.text);
  }

  /** Whether an identifier goes away, and is not written again. */
  #isReleased(node: ts.Node): boolean {
    return (
      this.#released.has(node) && ts.findAncestor(node, (outer) => this.#retained.has(outer)) === undefined
    );
  }

  #unusedElements(): ReadonlySet<ts.ImportSpecifier> {
    const unused = new Set<ts.ImportSpecifier>();
    if (this.#released.size === 0) return unused;
    const isReleased = (node: ts.Node): boolean => this.#isReleased(node);
    const releasedTexts = new Set([...this.#released].filter(isReleased).map((node) => node.getText()));
    for (const element of this.#imports.flatMap(namedElements)) {
      const { text } = element.name;
      if (!releasedTexts.has(text) || this.#neededAgain.has(text)) continue;
      const others = identifiersNamed(this.file, element.name.text).filter(
        (node) => node.parent !== element && !isReleased(node) && this.#isReferenceTo(node, element),
      );
      if (others.length === 0 && !this.#isLinked(element.name.text)) unused.add(element);
    }
    return unused;
  }

  /** Whether a comment still links to a name. */
  #isLinked(name: string): boolean {
    const links = new RegExp(`\\{@link(?:code|plain)?\\s+${name.replace(/\$/g, '\\$')}(?![\\w$])`, 'g');
    return [...this.file.text.matchAll(links)].some(({ index }) => !this.#releasedLinks.has(index));
  }

  #isReferenceTo(node: ts.Identifier, element: ts.ImportSpecifier): boolean {
    const { checker } = this.context;
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return symbol?.declarations?.includes(element) === true || ts.isExportSpecifier(node.parent);
  }

  #targetOf(symbol: ts.Symbol): readonly ts.Declaration[] {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return (isAlias ? this.context.checker.getAliasedSymbol(symbol) : symbol).declarations ?? [];
  }

  #declarationsOf(exported: ExportedName): readonly ts.Declaration[] {
    const file = this.context.program.getSourceFile(exported.module);
    const module = file && this.context.checker.getSymbolAtLocation(file);
    if (module === undefined) return [];
    const symbol = this.context.checker.getExportsOfModule(module).find(({ name }) => name === exported.name);
    return symbol === undefined ? [] : this.#targetOf(symbol);
  }

  #specifierOf({ module, specifier }: ExportedName): string {
    if (specifier !== undefined && !specifier.startsWith('.')) return specifier;
    const path = relative(dirname(this.file.fileName), module).split('\\').join('/');
    const dotted = path.startsWith('.') ? path : `./${path}`;
    const sample =
      specifier ??
      this.#imports
        .map((one) => (one.moduleSpecifier as ts.StringLiteral).text)
        .find((text) => text.startsWith('.'));
    if (sample === undefined || /\.[cm]?js$/.test(sample)) return dotted.replace(/\.([cm]?)tsx?$/, '.$1js');
    if (/\.[cm]?tsx?$/.test(sample)) return dotted;
    return dotted.replace(/\.[cm]?tsx?$/, '').replace(/\/index$/, '');
  }
}

function toElement({ exported, localName }: Request): ImportElement {
  return {
    text: exported.name === localName ? localName : `${exported.name} as ${localName}`,
    name: localName,
  };
}

function sortElements(elements: readonly ImportElement[]): readonly ImportElement[] {
  return [...elements].sort((left, right) => {
    const [one, other] = [left.name.toLowerCase(), right.name.toLowerCase()];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}

function namedElements(declaration: ts.ImportDeclaration): readonly ts.ImportSpecifier[] {
  const bindings = declaration.importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
}

/** Every name that a file uses or declares outside of members. */
function namesIn(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMember(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  return (
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent)
  );
}

function identifiersNamed(file: ts.SourceFile, name: string): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function specifierIn(declaration: ts.ImportDeclaration): string {
  return (declaration.moduleSpecifier as ts.StringLiteral).text;
}

/** The last import from the same folder, else the last of the same kind: a package's, a parent's, a neighbour's. */
function mostAlike(
  imports: readonly ts.ImportDeclaration[],
  specifier: string,
): ts.ImportDeclaration | undefined {
  const folderOf = (one: string): string | undefined =>
    one.startsWith('.') ? dirname(one) : one.split('/')[0];
  return (
    imports.findLast((one) => folderOf(specifierIn(one)) === folderOf(specifier)) ??
    imports.findLast((one) => rankOf(specifierIn(one)) === rankOf(specifier))
  );
}

function rankOf(specifier: string): number {
  return specifier.startsWith('./') ? 2 : specifier.startsWith('.') ? 1 : 0;
}

/** Packages before parents before neighbours, each in the order of their names. */
function compareSpecifiers(left: string, right: string): number {
  const byRank = left === '' ? -1 : rankOf(left) - rankOf(right);
  if (byRank !== 0) return byRank;
  return left < right ? -1 : left > right ? 1 : 0;
}
