import { ts } from 'ts-morph';
import { mayHoldSource } from '../engine/discover.js';
import { isJavaScript } from '../engine/javascript-files.js';
import { wordPattern } from '../engine/word-pattern.js';
import type { Facade } from '../engine/facade/facade.js';
import { ownFilesOf } from '../engine/facade/own-files.js';
import type { Project } from '../engine/open-project.js';
import type { MigrationPlan } from '../engine/plan-migration.js';
import { isWithin, toProjectPath } from '../engine/project-path.js';
import type { Reason } from '../engine/reasons.js';
import { SourceTypes } from '../engine/resolve/source-types.js';
import { OccurrenceReader } from './occurrence.js';
import type { Occurrence } from './occurrence-kinds.js';
import { comparePlaces } from './blockers.js';
import type { Place } from './left-alone.js';
import { PlainOccurrences } from './plain-occurrence.js';

/**
 * What every textual occurrence of a member's name is. The parts add up to `total`, so that nothing is overlooked: a
 * name in a string, or on a value of type any, compiles whether it still fits or not.
 */
export interface Account {
  readonly total: number;
  readonly rewritten: number;
  /** Left alone, by reason; doubles and implementations of the source are among them. */
  readonly left: readonly { readonly reason: Reason; readonly count: number }[];
  /** In the modules of the facade and of the source themselves. */
  readonly facade: number;
  /** Of other declarations, by whose. */
  readonly unrelated: readonly { readonly owner: string; readonly count: number }[];
  /** On values of type any: nobody knows whose. */
  readonly untyped: number;
  readonly strings: number;
  readonly comments: number;
  /** Strings that are exactly a member's name, and names on values of type any: what nothing checks. */
  readonly unchecked: readonly (Place & { readonly name: string; readonly kind: 'string' | 'untyped' })[];
}

export interface AccountInput {
  readonly project: Project;
  readonly facade: Facade;
  readonly plan: MigrationPlan;
  readonly scope: readonly string[];
}

/** Accounts for every occurrence of a member's name in the files of the scope. */
export function accountForOccurrences({ project, facade, plan, scope }: AccountInput): Account {
  const { root } = project;
  const pattern = wordPattern(
    facade.model.methods.map(({ name }) => name),
    'g',
  );
  const found: Found[] = [];
  const ownFiles = ownFilesOf(facade.model);
  // What nobody can tell without types waits for a program that has those files.
  const waiting: string[] = [];
  for (const fileName of [...project.fileNames].sort()) {
    const path = toProjectPath(root, fileName);
    if (scope.length > 0 && !scope.some((one) => isWithin(path, one))) continue;
    if (mayHoldSource(project, fileName)) waiting.push(fileName);
    else {
      const plain = readPlainly(project, fileName, pattern);
      if (plain === undefined) waiting.push(fileName);
      else found.push(...plain);
    }
  }
  const program = programOver(project, waiting);
  const reader = new OccurrenceReader(new SourceTypes(program.getTypeChecker(), facade), plan, root);
  for (const fileName of waiting) {
    const file = program.getSourceFile(fileName);
    if (file === undefined || file.isDeclarationFile) continue;
    const isOwn = ownFiles.includes(fileName);
    for (const { index, 0: name } of file.text.matchAll(pattern)) {
      const occurrence: Occurrence = isOwn ? { kind: 'facade' } : reader.read(file, index, name);
      found.push({ occurrence, place: placeIn(file, index, name, root) });
    }
  }
  return sumUp(found);
}

/** The names in a file that holds no source; `undefined` where one of them takes types to tell. */
function readPlainly(project: Project, fileName: string, pattern: RegExp): readonly Found[] | undefined {
  const text = project.readText(fileName) ?? '';
  const hits = [...text.matchAll(pattern)];
  if (hits.length === 0) return [];
  // Comments in JavaScript may hold types.
  if (isJavaScript(fileName)) return undefined;
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  if (file.isDeclarationFile) return [];
  const reader = new PlainOccurrences(file, project.root);
  const found: Found[] = [];
  for (const { index, 0: name } of hits) {
    const occurrence = reader.read(index, name);
    if (occurrence === undefined) return undefined;
    found.push({ occurrence, place: placeIn(file, index, name, project.root) });
  }
  return found;
}

function programOver(project: Project, fileNames: readonly string[]): ts.Program {
  const { program } = project;
  const missing = fileNames.filter((path) => program.getSourceFile(path) === undefined);
  return missing.length === 0 ? program : (project.withFiles?.(missing) ?? program);
}

interface Found {
  readonly occurrence: Occurrence;
  readonly place: Place & { readonly name: string };
}

function placeIn(file: ts.SourceFile, position: number, name: string, root: string): Found['place'] {
  const { line, character } = ts.getLineAndCharacterOfPosition(file, position);
  return { path: toProjectPath(root, file.fileName), line: line + 1, column: character + 1, name };
}

function sumUp(found: readonly Found[]): Account {
  const numberOf = (kind: Occurrence['kind']): number =>
    found.filter(({ occurrence }) => occurrence.kind === kind).length;
  const left = new Map<Reason, number>();
  const owners = new Map<string, number>();
  for (const { occurrence } of found) {
    if (occurrence.kind === 'left') left.set(occurrence.reason, (left.get(occurrence.reason) ?? 0) + 1);
    if (occurrence.kind === 'unrelated')
      owners.set(occurrence.owner, (owners.get(occurrence.owner) ?? 0) + 1);
  }
  const inOrder = found.toSorted((one, other) => comparePlaces(one.place, other.place));
  const mostFirst = <Name extends string>(
    [one, many]: [Name, number],
    [other, few]: [Name, number],
  ): number => few - many || (one < other ? -1 : 1);
  return {
    total: found.length,
    rewritten: numberOf('rewritten'),
    left: [...left].sort(mostFirst).map(([reason, count]) => ({ reason, count })),
    facade: numberOf('facade'),
    unrelated: [...owners].sort(mostFirst).map(([owner, count]) => ({ owner, count })),
    untyped: numberOf('untyped'),
    strings: numberOf('string'),
    comments: numberOf('comment'),
    unchecked: inOrder.flatMap(({ occurrence, place }): Account['unchecked'] => {
      if (occurrence.kind === 'untyped') return [{ ...place, kind: 'untyped' }];
      return occurrence.kind === 'string' && occurrence.isWhole ? [{ ...place, kind: 'string' }] : [];
    }),
  };
}
