import type { ts } from 'ts-morph';
import type { MigrationPlan } from './plan-migration.js';
import { toProjectPath, type ProjectPath } from './project-path.js';
import type { Carrier } from './resolve/carrier.js';

/** Two files. */
export type FilePair = readonly [ProjectPath, ProjectPath];

/** Pairs of files between which a value is handed on that moves: apart, they need a bridge. */
export function linkedFiles({ resolution, decisions }: MigrationPlan, root: string): readonly FilePair[] {
  const moves = (carrier: Carrier): boolean => decisions.get(carrier)?.kind === 'moves';
  const pairs = new Map<string, FilePair>();
  const link = (left: ts.Node, right: ts.Node): void => {
    const [from, to] = [left, right].map((node) => toProjectPath(root, node.getSourceFile().fileName));
    if (from === undefined || to === undefined || from === to) return;
    pairs.set(`${from}\n${to}`, [from, to]);
  };
  for (const { target, expression } of resolution.flows) {
    if (moves(target)) link(expression, target.declaration);
  }
  for (const [left, right] of resolution.unions) {
    if (moves(left)) link(left.declaration, right.declaration);
  }
  return [...pairs].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, pair]) => pair);
}

/** The files in groups between which no value is handed on. */
export function connectFiles(
  files: readonly ProjectPath[],
  links: readonly FilePair[],
): readonly (readonly ProjectPath[])[] {
  const groups = new Map(files.map((file) => [file, [file]]));
  for (const [left, right] of links) {
    const [into, from] = [groups.get(left), groups.get(right)];
    if (into === undefined || from === undefined || into === from) continue;
    into.push(...from);
    for (const file of from) groups.set(file, into);
  }
  return [...new Set(groups.values())].map((group) => group.sort());
}
