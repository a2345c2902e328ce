import type { Checker } from '../checker.js';
import type { Project } from '../open-project.js';
import type { Carrier, Obstacle } from '../resolve/carrier.js';
import { publicEntryPaths } from './entry-points.js';
import { publicDeclarations } from './public-declarations.js';

/** What becomes of the API that a package publishes. */
export type PublicApi = 'keep' | 'migrate';

/** Carriers that users of a published package can see: changing them is for a major version, and a person, to decide. */
export function publicApiObstacles(
  carriers: readonly Carrier[],
  project: Project,
  checker: Checker,
): readonly Obstacle[] {
  const entries = publicEntryPaths(project).flatMap((path) => project.program.getSourceFile(path) ?? []);
  if (entries.length === 0) return [];
  const visible = publicDeclarations(entries, checker);
  return carriers
    .filter(({ declaration }) => visible.has(declaration))
    .map((carrier) => ({ carrier, node: carrier.nameNode, cause: { reason: 'public-api' } }));
}
