import type { ts } from 'ts-morph';
import { isUncheckedJavaScript } from './javascript-files.js';
import type { StayOrigin } from './stay-origin.js';
import type { Project } from './open-project.js';
import { isWithin, toProjectPath } from './project-path.js';
import type { Cause } from './reasons.js';
import type { Carrier, Resolution } from './resolve/carrier.js';

/** What a run may change. */
export interface EditLimits {
  /** Folders and files that may change, relative to the root; empty means all. */
  readonly scope: readonly string[];
  /** Folders and files of the scope that may not. */
  readonly exclude: readonly string[];
}

/** Why nothing in a file may change; `undefined` where it may. */
export type FileObstacle = (file: ts.SourceFile) => Cause | undefined;

/** Asks the project once per file whether it may be written at all: callers are edited too, wherever they are. */
export function fileObstacles(project: Project): FileObstacle {
  const { root, program } = project;
  const known = new Map<ts.SourceFile, Cause | undefined>();
  const ask = (file: ts.SourceFile): Cause | undefined => {
    if (file.isDeclarationFile || /@generated\b/.test(file.text.slice(0, 2000)))
      return { reason: 'generated-file' };
    if (isUncheckedJavaScript(file, program.getCompilerOptions())) return { reason: 'unchecked-javascript' };
    const [error] = program.getSyntacticDiagnostics(file);
    if (error !== undefined) return { reason: 'syntax-error', detail: `TS${error.code}` };
    return toProjectPath(root, file.fileName).startsWith('../')
      ? { reason: 'outside-the-project' }
      : project.writeObstacle?.(file.fileName);
  };
  return (file) => {
    if (!known.has(file)) known.set(file, ask(file));
    return known.get(file);
  };
}

/**
 * Declarations outside the limits stay, and so do those with uses outside: only arguments are edited there. In files
 * that cannot be written not even those are, so what they are given to stays as well.
 */
export function* beyondLimits(
  { carriers, uses, flows }: Resolution,
  { root }: Project,
  limits: EditLimits,
  obstacleOf: FileObstacle,
): Iterable<[Carrier, StayOrigin]> {
  const limit = (node: ts.Node): Cause | undefined =>
    isInLimits(root, node, limits) ? undefined : { reason: 'out-of-scope' };
  for (const carrier of carriers) {
    const { nameNode } = carrier;
    const cause = obstacleOf(nameNode.getSourceFile()) ?? limit(nameNode);
    if (cause !== undefined) yield [carrier, { cause, node: nameNode }];
  }
  for (const { carrier, node } of uses) {
    const cause = carrier && (obstacleOf(node.getSourceFile()) ?? limit(node));
    if (carrier !== undefined && cause !== undefined) yield [carrier, { cause, node }];
  }
  for (const { target, expression } of flows) {
    const cause = obstacleOf(expression.getSourceFile());
    if (cause !== undefined) yield [target, { cause, node: expression }];
  }
}

/** Whether a piece of code is in a file that a run may change. */
export function editableNodes(
  { root }: Project,
  limits: EditLimits,
  obstacleOf: FileObstacle,
): (node: ts.Node) => boolean {
  return (node) => isInLimits(root, node, limits) && obstacleOf(node.getSourceFile()) === undefined;
}

function isInLimits(root: string, node: ts.Node, { scope, exclude }: EditLimits): boolean {
  const path = toProjectPath(root, node.getSourceFile().fileName);
  const isInScope = scope.length === 0 || scope.some((one) => isWithin(path, one));
  return isInScope && !exclude.some((one) => isWithin(path, one));
}
