import { decideOnly } from './decide-only.js';
import type { Decision } from './demand.js';
import type { StayOrigin } from './stay-origin.js';
import { beyondLimits, editableNodes, fileObstacles } from './edit-limits.js';
import type { OnProgress, Phase } from './progress.js';
import { projectableUses } from './projectable-uses.js';
import { affectedFiles, candidateFiles } from './candidate-files.js';
import type { Facade } from './facade/facade.js';
import type { Project } from './open-project.js';
import { publicApiObstacles, type PublicApi } from './public-api/public-api-obstacles.js';
import type { Carrier, Resolution, Use } from './resolve/carrier.js';
import { resolve } from './resolve/resolve.js';
import { SourceTypes } from './resolve/source-types.js';
import type { TrailingCommas } from './rewrite/file-style.js';
import { rewrite, type RewrittenFile } from './rewrite/rewrite.js';
import { verify } from './verify.js';

export interface MigrationInput {
  readonly project: Project;
  readonly facade: Facade;
  /** Folders and files that may change, relative to the root; empty means all. */
  readonly scope: readonly string[];
  /** Folders and files of the scope that may not change after all. */
  readonly exclude?: readonly string[];
  /** Name of the only facet that may be moved to. */
  readonly only?: string | undefined;
  /** Inline uses of what stays, by the way back. */
  readonly projectsStays?: boolean;
  readonly allowBindings: boolean;
  readonly keepDoubles: boolean;
  /** Whether what a published package shows to its users may change. Default `keep`. */
  readonly publicApi?: PublicApi;
  /** Whether the outcome is compiled, and what does not compile taken back. Default true. */
  readonly isVerified?: boolean;
  readonly onProgress?: OnProgress;
  readonly width: number | undefined;
  readonly commas?: TrailingCommas | undefined;
}

/** Everything that a migration would do, verified and not yet written. */
export interface MigrationPlan {
  readonly files: readonly RewrittenFile[];
  readonly resolution: Resolution;
  readonly decisions: ReadonlyMap<Carrier, Decision>;
  /** Carriers that were taken back because the project would not have compiled. */
  readonly takenBack: number;
  /** Uses of carriers that stay, which were inlined by the way back. */
  readonly projected: ReadonlySet<Use>;
  /** Type errors that were there before, in the files that were checked. */
  readonly earlierErrors: number;
}

/** After so many rounds of taking back, everything that still has errors is taken back at once. */
const maximumRounds = 4;

/** Plans a migration: what moves, what stays and why, and the new texts, all of which compile. */
export function planMigration({
  project,
  facade,
  scope,
  exclude = [],
  only,
  projectsStays = false,
  allowBindings,
  keepDoubles,
  publicApi = 'keep',
  isVerified = true,
  onProgress,
  width,
  commas,
}: MigrationInput): MigrationPlan {
  const { model } = facade;
  const report = (phase: Phase): void => onProgress?.({ phase, done: 0, total: 0 });
  report('resolving');
  const checker = project.program.getTypeChecker();
  const types = new SourceTypes(checker, facade, project.reach);
  const files = candidateFiles(project, facade, types);
  const resolved = resolve({ files, types, options: project.options, allowBindings, keepDoubles });
  const resolution = {
    ...resolved,
    obstacles: [
      ...resolved.obstacles,
      ...(publicApi === 'keep' ? publicApiObstacles(resolved.carriers, project, checker) : []),
    ],
  };
  const obstacleOf = fileObstacles(project);
  const forced = new Map<Carrier, StayOrigin>(
    beyondLimits(resolution, project, { scope, exclude }, obstacleOf),
  );
  const isEditable = editableNodes(project, { scope, exclude }, obstacleOf);
  const notProjected = new Set<Carrier>();
  let takenBack = 0;
  let earlierErrors = 0;
  for (let round = 0; ; round += 1) {
    report('rewriting');
    const decisions = decideOnly({ resolution, model, forced }, only);
    const keep = (carrier: Carrier, origin: StayOrigin): void => {
      if (decisions.get(carrier)?.kind === 'stays') notProjected.add(carrier);
      else forced.set(carrier, origin);
    };
    const projected = new Set(
      projectableUses({
        resolution,
        decisions,
        types,
        isEditable,
        notProjected,
        ofAllStays: projectsStays,
        only,
      }),
    );
    const outcome = rewrite({
      resolution,
      decisions,
      projected,
      model,
      types,
      program: project.program,
      width,
      commas,
    });
    if (outcome.refusals.size > 0) {
      for (const [carrier, origin] of outcome.refusals) keep(carrier, origin);
      continue;
    }
    const moving = resolution.carriers.filter((carrier) => decisions.get(carrier)?.kind === 'moves');
    const projectedFrom = [...projected].flatMap(({ carrier }) => carrier ?? []);
    const blamed =
      outcome.files.length === 0 || !isVerified
        ? new Map<Carrier, StayOrigin>()
        : verify({
            project,
            files: outcome.files,
            candidates: affectedFiles(project, files, moving),
            moving: [...moving, ...projectedFrom],
            onProgress,
            onEarlierErrors: (count) => (earlierErrors = count),
            uses: resolution.uses,
            model: facade.model,
            types,
          });
    if (blamed.size === 0)
      return { files: outcome.files, resolution, decisions, takenBack, projected, earlierErrors };
    const [[, example] = []] = blamed;
    if (example === undefined) throw new Error('a failed verification names a carrier');
    const takeBack: Iterable<readonly [Carrier, StayOrigin]> =
      round < maximumRounds
        ? blamed
        : [...moving, ...projectedFrom].map(
            (carrier) => [carrier, { ...example, node: carrier.nameNode }] as const,
          );
    for (const [carrier, origin] of takeBack) {
      keep(carrier, origin);
      takenBack += 1;
    }
  }
}
