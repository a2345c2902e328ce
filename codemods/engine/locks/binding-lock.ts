import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { StayOrigin } from '../stay-origin.js';
import type { ExportedName } from '../facade/template.js';
import type { PlacedEdit } from '../nested-edits.js';
import type { Carrier } from '../resolve/carrier.js';
import type { RewrittenFile } from '../rewrite/rewrite.js';
import { PositionMap } from './position-map.js';
import { meaningOf, referencesIn } from './references.js';

export interface BindingLockInput {
  readonly before: ts.Program;
  readonly after: ts.Program;
  readonly files: readonly RewrittenFile[];
  /** What new code may import: the facets, the way back, the helpers. */
  readonly imported: readonly ExportedName[];
  readonly moving: readonly Carrier[];
}

/** What an identifier means, in words that are the same before and after. */
type Meaning = string;

const nothing: Meaning = 'nothing';

/**
 * The second lock: every name in the changed files means what it meant before, and every name that was written means
 * what it was written for. A name that is captured on the way may have the right type and compile.
 */
export function bindingLock(input: BindingLockInput): ReadonlyMap<Carrier, StayOrigin> {
  const blamed = new Map<Carrier, StayOrigin>();
  const maps = new Map(input.files.map(({ path, placed }) => [path, new PositionMap(placed)]));
  const checkers = { before: input.before.getTypeChecker(), after: input.after.getTypeChecker() };
  const imports = new Set(input.imported.flatMap((one) => exportMeanings(one)));
  for (const { path, placed } of input.files) {
    const old = input.before.getSourceFile(path);
    const file = input.after.getSourceFile(path);
    const map = maps.get(path);
    if (old !== undefined && file !== undefined && map !== undefined) checkFile(old, file, map, placed);
  }
  return blamed;

  function checkFile(
    old: ts.SourceFile,
    file: ts.SourceFile,
    map: PositionMap,
    placed: readonly PlacedEdit[],
  ): void {
    const oldReferences = referencesIn(old);
    const byStart = new Map(oldReferences.map((node) => [node.getStart(old), node]));
    const known = new Map<PlacedEdit, ReadonlyMap<string, ReadonlySet<Meaning>>>();
    for (const node of referencesIn(file)) {
      const start = node.getStart(file);
      const edit = map.writing(start);
      const meaning = meaningAfter(checkers.after, node);
      if (edit === undefined) {
        const same = byStart.get(map.toBefore(start) ?? -1);
        if (same !== undefined && meaningBefore(same) !== meaning) blame(node, ownersOf(meaning), same);
        continue;
      }
      let names = known.get(edit);
      if (names === undefined) known.set(edit, (names = namesIn(edit, oldReferences, old, placed)));
      if (!isMeant(meaning, names.get(node.text), node)) blame(node, edit.owners);
    }
  }

  /** The names in what an edit replaced. What is inserted comes from the other edits of the file. */
  function namesIn(
    { from }: PlacedEdit,
    references: readonly ts.Identifier[],
    old: ts.SourceFile,
    placed: readonly PlacedEdit[],
  ): ReadonlyMap<string, ReadonlySet<Meaning>> {
    const ranges = from.start < from.end ? [from] : placed.map((one) => one.from);
    const names = new Map<string, Set<Meaning>>();
    for (const node of references) {
      const start = node.getStart(old);
      if (!ranges.some((range) => range.start <= start && start < range.end)) continue;
      names.set(node.text, (names.get(node.text) ?? new Set()).add(meaningBefore(node)));
    }
    return names;
  }

  function isMeant(meaning: Meaning, wanted: ReadonlySet<Meaning> | undefined, node: ts.Identifier): boolean {
    if (wanted?.has(meaning) === true) return true;
    if (meaning.startsWith('edit ')) {
      return wanted === undefined || [...wanted].some((one) => one.startsWith('edit '));
    }
    if (imports.has(meaning)) return true;
    if (wanted !== undefined) return false;
    return meaning === nothing || meaning.startsWith('library ') || ts.isTypeNode(node.parent);
  }

  function meaningBefore(node: ts.Identifier): Meaning {
    const [first] = meaningOf(checkers.before, node) ?? [];
    if (first === undefined) return nothing;
    const file = first.getSourceFile();
    // A namespace means the whole file, wherever its first statement has gone.
    if (first === file) return `module ${file.fileName}`;
    const start = nameStart(first);
    const map = maps.get(file.fileName);
    if (map === undefined) return placeOf(first, start, input.before);
    const moved = map.toAfter(start);
    return moved === undefined
      ? `edit ${file.fileName} ${map.replacing(start)?.from.start ?? -1}`
      : `${file.fileName} ${moved}`;
  }

  function meaningAfter(checker: Checker, node: ts.Identifier): Meaning {
    const [first] = meaningOf(checker, node) ?? [];
    if (first === undefined) return nothing;
    const file = first.getSourceFile();
    if (first === file) return `module ${file.fileName}`;
    const start = nameStart(first);
    const edit = maps.get(file.fileName)?.writing(start);
    return edit === undefined
      ? placeOf(first, start, input.after)
      : `edit ${file.fileName} ${edit.from.start}`;
  }

  function exportMeanings({ module, name }: ExportedName): readonly Meaning[] {
    const file = input.after.getSourceFile(module);
    const symbol = file && checkers.after.getSymbolAtLocation(file);
    const found = symbol && checkers.after.getExportsOfModule(symbol).find((one) => one.name === name);
    if (found === undefined) return [];
    const isAlias = (found.flags & ts.SymbolFlags.Alias) !== 0;
    const target = isAlias ? checkers.after.getAliasedSymbol(found) : found;
    return (target.declarations ?? []).map((one) => placeOf(one, nameStart(one), input.after));
  }

  /** Whose declaration captured a name that nobody touched. */
  function ownersOf(meaning: Meaning): readonly unknown[] {
    const [, path, from] = /^edit (.*) (-?\d+)$/.exec(meaning) ?? [];
    const file = input.files.find((one) => one.path === path);
    return file?.placed.find((edit) => String(edit.from.start) === from)?.owners ?? [];
  }

  function blame(node: ts.Identifier, owners: readonly unknown[], old?: ts.Node): void {
    const carriers = input.moving.filter((one) => owners.includes(one));
    for (const carrier of carriers.length > 0 ? carriers : input.moving) {
      const cause = { reason: 'would-bind-differently', detail: node.text } as const;
      blamed.set(carrier, { cause, node: old ?? carrier.nameNode });
    }
  }
}

function placeOf(declaration: ts.Declaration, start: number, program: ts.Program): Meaning {
  const file = declaration.getSourceFile();
  const isLibrary = program.isSourceFileDefaultLibrary(file);
  return `${isLibrary ? 'library ' : ''}${file.fileName} ${start}`;
}

function nameStart(declaration: ts.Declaration): number {
  return (ts.getNameOfDeclaration(declaration) ?? declaration).getStart();
}
