import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier } from './carrier.js';

/** A function, or the class of a constructor, with carriers among its parameters, or that gives one. */
export interface Owner {
  readonly name: string;
  readonly isClass: boolean;
  readonly carriers: Carrier[];
}

/** The owners by their declarations, and every name by which a file may call one. */
export interface Owners {
  readonly owners: ReadonlyMap<ts.Node, Owner>;
  readonly names: ReadonlySet<string>;
}

/** Finds the functions and classes with carriers among their parameters. */
export function findOwners(files: readonly ts.SourceFile[], index: CarrierIndex): Owners {
  const owners = collectOwners(index);
  const names = new Set([...owners.values()].map(({ name }) => name));
  for (const name of namesOfTyped(index)) names.add(name);
  collectAliases(files, names, owners, index);
  return { owners, names };
}

function collectOwners(index: CarrierIndex): Map<ts.Node, Owner> {
  const owners = new Map<ts.Node, Owner>();
  for (const carrier of index.carriers) {
    const owned = carrier.declaration;
    const owning = ts.isParameter(owned) ? owned.parent : owned;
    if (!ts.isFunctionLike(owning) || ts.isGetAccessorDeclaration(owning)) continue;
    const declaration = nameHolder(owning);
    if (declaration === undefined) continue;
    const name = declaration.name?.getText() ?? 'default';
    const owner = owners.get(declaration) ?? { name, isClass: ts.isClassLike(declaration), carriers: [] };
    owner.carriers.push(carrier);
    owners.set(declaration, owner);
  }
  return owners;
}

/** The declaration whose name a function is called by. */
function nameHolder(
  owner: ts.SignatureDeclaration,
): (ts.Declaration & { readonly name?: ts.Node | undefined }) | undefined {
  if (ts.isConstructorDeclaration(owner)) return owner.parent;
  if (ts.isFunctionDeclaration(owner) || ts.isMethodDeclaration(owner) || ts.isMethodSignature(owner))
    return owner;
  // Where a type is written, whatever reads the constant has that type, and it says who calls.
  const isTyped = ts.isVariableDeclaration(owner.parent) && owner.parent.type !== undefined;
  return ts.isVariableDeclaration(owner.parent) && !isTyped ? owner.parent : undefined;
}

/** The names of constants that hold a function and have its type written. */
function namesOfTyped({ carriers }: CarrierIndex): readonly string[] {
  return carriers.flatMap(({ declaration: { parent } }) => {
    const isHeld = ts.isArrowFunction(parent) || ts.isFunctionExpression(parent);
    return isHeld && ts.isVariableDeclaration(parent.parent) ? [parent.parent.name.getText()] : [];
  });
}

/** Adds the names under which other files import the owners. */
function collectAliases(
  files: readonly ts.SourceFile[],
  names: Set<string>,
  owners: ReadonlyMap<ts.Node, Owner>,
  index: CarrierIndex,
): void {
  addSubclasses(files, names);
  for (const file of files) {
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement) || statement.importClause === undefined) continue;
      const { name, namedBindings } = statement.importClause;
      const renamed =
        namedBindings !== undefined && ts.isNamedImports(namedBindings)
          ? namedBindings.elements
              .filter((element) => element.propertyName !== undefined)
              .map((element) => element.name)
          : [];
      for (const identifier of name === undefined ? renamed : [name, ...renamed]) {
        if (index.types.declarationsOf(identifier).some((declaration) => owners.has(declaration))) {
          names.add(identifier.text);
        }
      }
    }
  }
}

/** A class without a constructor of its own is made with its base's. */
function addSubclasses(files: readonly ts.SourceFile[], names: Set<string>): void {
  for (const name of subclassNames(files, names)) names.add(name);
}

/** Names of the classes that extend one of the named classes, directly or not. */
export function subclassNames(
  files: readonly ts.SourceFile[],
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  const classes = files.flatMap(extendingClasses);
  const found = new Set<string>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { name, bases } of classes) {
      if (bases.some((base) => names.has(base) || found.has(base))) found.add(name);
    }
  }
  return found;
}

interface ExtendingClass {
  readonly name: string;
  readonly bases: readonly string[];
}

const knownClasses = new WeakMap<ts.SourceFile, readonly ExtendingClass[]>();

/** The named classes of a file that extend or implement something, found once. */
function extendingClasses(file: ts.SourceFile): readonly ExtendingClass[] {
  const known = knownClasses.get(file);
  if (known !== undefined) return known;
  const classes: ExtendingClass[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) && node.name !== undefined && node.heritageClauses !== undefined) {
      const bases = node.heritageClauses.flatMap(({ types }) =>
        types.map(({ expression }) => expression.getText()),
      );
      classes.push({ name: node.name.text, bases });
    }
    ts.forEachChild(node, visit);
  };
  if (/\b(?:extends|implements)\b/.test(file.text)) visit(file);
  knownClasses.set(file, classes);
  return classes;
}
