import { ts } from 'ts-morph';
import { toProjectPath } from '../project-path.js';
import type { Reason } from '../reasons.js';
import type { Flow, Obstacle, Use } from './carrier.js';

/** Why a file is never written, if that is so. */
export function unwritableReason(file: ts.SourceFile, root: string): Reason | undefined {
  // A link may lead out of the root, and the root may itself be behind one.
  const path = toProjectPath(realPath(root), realPath(file.fileName));
  if (path.startsWith('../') || /(^|\/)node_modules\//.test(path)) return 'outside-the-project';
  if (file.isDeclarationFile || /@generated\b/.test(file.text.slice(0, 2000))) return 'generated-file';
  if (/\.[cm]?jsx?$/.test(file.fileName) && !isChecked(file)) return 'unchecked-javascript';
  return undefined;
}

export function isChecked(file: ts.SourceFile): boolean {
  return /^\s*\/\/\s*@ts-check/m.test(file.text);
}

/** Code in files that are never written keeps what it hands over and uses as it is, and so keeps the carriers. */
export function unwritableObstacles(
  flows: readonly Flow[],
  uses: readonly Use[],
  root: string,
): readonly Obstacle[] {
  const known = new Map<ts.SourceFile, Reason | undefined>();
  const reasonAt = (node: ts.Node): Reason | undefined => {
    const file = node.getSourceFile();
    if (!known.has(file)) known.set(file, unwritableReason(file, root));
    return known.get(file);
  };
  const obstacles: Obstacle[] = [];
  for (const { target, expression } of flows) {
    const reason = reasonAt(expression);
    if (reason !== undefined) obstacles.push({ carrier: target, node: expression, cause: { reason } });
  }
  for (const { carrier, node } of uses) {
    const reason = carrier && reasonAt(node);
    if (carrier !== undefined && reason !== undefined) obstacles.push({ carrier, node, cause: { reason } });
  }
  return obstacles;
}

function realPath(path: string): string {
  return ts.sys.realpath?.(path) ?? path;
}
