import type { ts } from 'ts-morph';
import { decide, type Decision, type StayOrigin } from './demand.js';
import { affectedFiles, candidateFiles } from './candidate-files.js';
import type { Facade } from './facade/find-facade.js';
import type { Project } from './open-project.js';
import { isWithin, toProjectPath } from './project-path.js';
import { publicApiObstacles, type PublicApi } from './public-api/public-api-obstacles.js';
import type { Carrier, Resolution } from './resolve/carrier.js';
import { resolve } from './resolve/resolve.js';
import { SourceTypes } from './resolve/source-types.js';
import { rewrite, type RewrittenFile } from './rewrite/rewrite.js';
import { verify } from './verify.js';

export interface MigrationInput {
  readonly project: Project;
  readonly facade: Facade;
  /** Folders and files that may change, relative to the root; empty means all. */
  readonly scope: readonly string[];
  readonly allowBindings: boolean;
  readonly keepDoubles: boolean;
  /** Whether what a published package shows to its users may change. Default `keep`. */
  readonly publicApi?: PublicApi;
  /** Whether the outcome is compiled, and what does not compile taken back. Default true. */
  readonly isVerified?: boolean;
  readonly width: number | undefined;
}

/** Everything that a migration would do, verified and not yet written. */
export interface MigrationPlan {
  readonly files: readonly RewrittenFile[];
  readonly resolution: Resolution;
  readonly decisions: ReadonlyMap<Carrier, Decision>;
  /** Carriers that were taken back because the project would not have compiled. */
  readonly takenBack: number;
}

/** After so many rounds of taking back, everything that still has errors is taken back at once. */
const maximumRounds = 4;

/** Plans a migration: what moves, what stays and why, and the new texts, all of which compile. */
export function planMigration({
  project,
  facade,
  scope,
  allowBindings,
  keepDoubles,
  publicApi = 'keep',
  isVerified = true,
  width,
}: MigrationInput): MigrationPlan {
  const checker = project.program.getTypeChecker();
  const types = new SourceTypes(checker, facade);
  const files = candidateFiles(project, facade, types);
  const resolved = resolve({ files, checker, facade, allowBindings, keepDoubles, root: project.root });
  const resolution = {
    ...resolved,
    obstacles: [
      ...resolved.obstacles,
      ...(publicApi === 'keep' ? publicApiObstacles(resolved.carriers, project, checker) : []),
    ],
  };
  const forced = new Map<Carrier, StayOrigin>(outOfScope(resolution, project, scope));
  let takenBack = 0;
  for (let round = 0; ; round += 1) {
    const decisions = decide({ resolution, model: facade.model, forced });
    const outcome = rewrite({
      resolution,
      decisions,
      model: facade.model,
      types,
      program: project.program,
      width,
    });
    if (outcome.refusals.size > 0) {
      for (const [carrier, origin] of outcome.refusals) forced.set(carrier, origin);
      continue;
    }
    const moving = resolution.carriers.filter((carrier) => decisions.get(carrier)?.kind === 'moves');
    const blamed =
      outcome.files.length === 0 || !isVerified
        ? new Map<Carrier, StayOrigin>()
        : verify({
            project,
            files: outcome.files,
            candidates: affectedFiles(project, files, moving),
            moving,
            uses: resolution.uses,
            model: facade.model,
          });
    if (blamed.size === 0) return { files: outcome.files, resolution, decisions, takenBack };
    const [[, example] = []] = blamed;
    if (example === undefined) throw new Error('a failed verification names a carrier');
    const takeBack: Iterable<readonly [Carrier, StayOrigin]> =
      round < maximumRounds
        ? blamed
        : moving.map((carrier) => [carrier, { ...example, node: carrier.nameNode }] as const);
    for (const [carrier, origin] of takeBack) {
      forced.set(carrier, origin);
      takenBack += 1;
    }
  }
}

/** Declarations outside the scope stay, and so do those with uses outside: only arguments are edited there. */
function* outOfScope(
  { carriers, uses }: Resolution,
  { root }: Project,
  scope: readonly string[],
): Iterable<[Carrier, StayOrigin]> {
  const isInScope = (node: ts.Node): boolean =>
    scope.length === 0 ||
    scope.some((one) => isWithin(toProjectPath(root, node.getSourceFile().fileName), one));
  for (const carrier of carriers) {
    if (!isInScope(carrier.nameNode))
      yield [carrier, { cause: { reason: 'out-of-scope' }, node: carrier.nameNode }];
  }
  for (const { carrier, node } of uses) {
    if (carrier !== undefined && !isInScope(node))
      yield [carrier, { cause: { reason: 'out-of-scope' }, node }];
  }
}
