import { ts } from 'ts-morph';
import { filesWithWords, namesOf } from './discover.js';
import type { Facade } from './facade/facade.js';
import type { Project } from './open-project.js';
import type { Carrier } from './resolve/carrier.js';
import { findCarriers } from './resolve/find-carriers.js';
import { usesMember } from './resolve/uses-member.js';
import { findReturns } from './resolve/find-returns.js';
import { subclassNames } from './resolve/find-owners.js';
import type { SourceTypes } from './resolve/source-types.js';

/** Files that mention the source or what holds it. Names of holders lead to further files, until nothing is new. */
export function candidateFiles(
  project: Project,
  facade: Facade,
  types: SourceTypes,
): readonly ts.SourceFile[] {
  // A name of a member alone says little: others have members of the same name, so their receivers are asked first.
  const users = filesWithWords(project, types.members).filter((file) => usesMember(file, types));
  const words = new Set(namesOf(facade.model));
  const known = new Map<ts.SourceFile, readonly Carrier[]>();
  const carriersIn = (file: ts.SourceFile): readonly Carrier[] => {
    const found = known.get(file) ?? [...findCarriers([file], types), ...findReturns([file], types, 0)];
    known.set(file, found);
    return found;
  };
  for (;;) {
    const mentioning = new Set([...filesWithWords(project, words), ...users]);
    const files = ownFiles(project).filter((file) => mentioning.has(file));
    const before = words.size;
    for (const carrier of files.flatMap(carriersIn)) {
      if (carrier.declaration.getSourceFile() === facade.facadeDeclaration.getSourceFile()) continue;
      // A default export has any name where it is imported.
      if (isDefaultExport(carrier)) return ownFiles(project);
      for (const word of wordsOfCarrier(carrier)) words.add(word);
    }
    for (const word of [...subclassNames(files, words), ...renamedExports(files, words)]) words.add(word);
    if (words.size === before) return files;
  }
}

/** Files that mention a member that changes its name, or a function that changes its parameters. */
export function affectedFiles(
  project: Project,
  candidates: readonly ts.SourceFile[],
  moving: readonly Carrier[],
): readonly string[] {
  if (moving.some(isDefaultExport)) return candidates.map(({ fileName }) => fileName);
  const words = new Set(moving.flatMap(wordsOfCarrier));
  for (const word of [...subclassNames(candidates, words), ...renamedExports(candidates, words)])
    words.add(word);
  return filesWithWords(project, words).map(({ fileName }) => fileName);
}

function ownFiles(project: Project): readonly ts.SourceFile[] {
  return project.fileNames.flatMap((path) => {
    const file = project.program.getSourceFile(path);
    return file === undefined || file.isDeclarationFile ? [] : [file];
  });
}

function wordsOfCarrier(carrier: Carrier): readonly string[] {
  const owner = ownerName(carrier);
  return [...(isLocal(carrier) ? [] : [carrier.name]), ...(owner === undefined ? [] : [owner])];
}

function isDefaultExport({ declaration }: Carrier): boolean {
  const owner = ownerOf(declaration);
  if (owner === undefined) return false;
  const isMarked =
    ts.canHaveModifiers(owner) &&
    ts.getModifiers(owner)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true;
  const name = ownerName({ declaration } as Carrier);
  return (
    isMarked ||
    (name !== undefined && new RegExp(`export default ${name}\\b`).test(owner.getSourceFile().text))
  );
}

/** New names that the files import or export a known name under. */
function renamedExports(files: readonly ts.SourceFile[], words: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isExportSpecifier(node) || ts.isImportSpecifier(node)) && node.propertyName !== undefined) {
      if (words.has(node.propertyName.text)) found.push(node.name.text);
    } else if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  files.forEach(visit);
  return found;
}

function isLocal({ declaration }: Carrier): boolean {
  if (ts.isVariableDeclaration(declaration) || ts.isBindingElement(declaration)) return true;
  return ts.isParameter(declaration) && !ts.isParameterPropertyDeclaration(declaration, declaration.parent);
}

/** The name by which other files call the function, or make the class, that a carrier is a parameter of. */
function ownerName({ declaration }: Carrier): string | undefined {
  const owner = ownerOf(declaration);
  if (owner === undefined) return undefined;
  const named = ts.isArrowFunction(owner) || ts.isFunctionExpression(owner) ? owner.parent : owner;
  return 'name' in named && named.name !== undefined ? (named.name as ts.Node).getText() : undefined;
}

/** The function that a carrier is a parameter or the outcome of; the class for one of a constructor. */
function ownerOf(declaration: Carrier['declaration']): ts.Node | undefined {
  if (ts.isParameter(declaration)) {
    return ts.isConstructorDeclaration(declaration.parent) ? declaration.parent.parent : declaration.parent;
  }
  return ts.isFunctionLike(declaration) ? declaration : undefined;
}
