import { ts } from 'ts-morph';
import type { Facade } from '../engine/facade/facade.js';
import { ownFilesOf } from '../engine/facade/own-files.js';
import type { Project } from '../engine/open-project.js';
import type { MigrationPlan } from '../engine/plan-migration.js';
import { isWithin, toProjectPath } from '../engine/project-path.js';
import type { Reason } from '../engine/reasons.js';
import { SourceTypes } from '../engine/resolve/source-types.js';
import { OccurrenceReader, type Occurrence } from './occurrence.js';
import type { Place } from './left-alone.js';

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
  const { root, program } = project;
  const types = new SourceTypes(program.getTypeChecker(), facade);
  const reader = new OccurrenceReader(types, plan, root);
  const ownFiles = ownFilesOf(facade.model);
  const names = [...types.members].map((name) => name.replace(/\$/g, '\\$&'));
  if (names.length === 0) return emptyAccount;
  const pattern = new RegExp(`(?<![\\w$])(?:${names.join('|')})(?![\\w$])`, 'g');
  const found: { occurrence: Occurrence; place: Place & { name: string } }[] = [];
  for (const fileName of [...project.fileNames].sort()) {
    const file = program.getSourceFile(fileName);
    const path = toProjectPath(root, fileName);
    if (file === undefined || file.isDeclarationFile) continue;
    if (scope.length > 0 && !scope.some((one) => isWithin(path, one))) continue;
    for (const { index, 0: name } of file.text.matchAll(pattern)) {
      const occurrence: Occurrence = ownFiles.includes(fileName)
        ? { kind: 'facade' }
        : reader.read(file, index, name);
      const { line, character } = ts.getLineAndCharacterOfPosition(file, index);
      found.push({ occurrence, place: { path, line: line + 1, column: character + 1, name } });
    }
  }
  return sumUp(found);
}

const emptyAccount: Account = {
  total: 0,
  rewritten: 0,
  left: [],
  facade: 0,
  unrelated: [],
  untyped: 0,
  strings: 0,
  comments: 0,
  unchecked: [],
};

function sumUp(
  found: readonly { readonly occurrence: Occurrence; readonly place: Place & { readonly name: string } }[],
): Account {
  const numberOf = (kind: Occurrence['kind']): number =>
    found.filter(({ occurrence }) => occurrence.kind === kind).length;
  const left = new Map<Reason, number>();
  const owners = new Map<string, number>();
  for (const { occurrence } of found) {
    if (occurrence.kind === 'left') left.set(occurrence.reason, (left.get(occurrence.reason) ?? 0) + 1);
    if (occurrence.kind === 'unrelated')
      owners.set(occurrence.owner, (owners.get(occurrence.owner) ?? 0) + 1);
  }
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
    unchecked: found.flatMap(({ occurrence, place }): Account['unchecked'] => {
      if (occurrence.kind === 'untyped') return [{ ...place, kind: 'untyped' }];
      return occurrence.kind === 'string' && occurrence.isWhole ? [{ ...place, kind: 'string' }] : [];
    }),
  };
}
