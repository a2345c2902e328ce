import type { ts } from 'ts-morph';
import type { Configuration } from '../configuration/read-configuration.js';
import { ownFilesOf } from '../engine/facade/own-files.js';
import { readFormatterSettings } from '../engine/formatter-settings.js';
import { linkedFiles, type FilePair } from '../engine/linked-files.js';
import { openWithFacade } from '../engine/open-with-facade.js';
import { planMigration, type MigrationPlan } from '../engine/plan-migration.js';
import { toProjectPath, type ProjectPath } from '../engine/project-path.js';
import { createReport, type Report } from '../reporting/report.js';
import { enclosingSymbol } from './enclosing-symbol.js';

/** One place that still needs the source: a use of a member, or a declaration with the source as its written type. */
export interface Remaining {
  readonly path: ProjectPath;
  /** What it is in: `JobService.start`, or `(module)`. */
  readonly symbol: string;
  /** The member that is used; the name of the source for a declaration. */
  readonly member: string;
}

/** Where a migration stands. */
export interface Survey {
  readonly facade: string;
  readonly source: string;
  readonly report: Report;
  readonly remaining: readonly Remaining[];
  /** Pairs of files between which a value is handed on that moves: apart, they need a bridge. */
  readonly links: readonly FilePair[];
}

/** Looks at a project without checking the outcome: what could move is not yet compiled, so it takes half the time. */
export async function surveyProject(configuration: Configuration): Promise<Survey> {
  const { root } = configuration;
  const { project, facade } = openWithFacade(configuration);
  const { width, commas } = await readFormatterSettings(root);
  const plan = planMigration({
    project,
    facade,
    scope: [],
    allowBindings: true,
    keepDoubles: false,
    isVerified: false,
    width,
    commas,
  });
  const { model } = facade;
  const ownFiles = ownFilesOf(model);
  return {
    facade: configuration.facade,
    source: model.source.name,
    report: createReport({ plan, root, scope: [], ownFiles }),
    remaining: remainingIn(plan, root, ownFiles, model.source.name),
    links: linkedFiles(plan, root),
  };
}

function remainingIn(
  { resolution }: MigrationPlan,
  root: string,
  ownFiles: readonly string[],
  source: string,
): readonly Remaining[] {
  const at = (node: ts.Node, member: string): readonly Remaining[] => {
    const { fileName } = node.getSourceFile();
    if (ownFiles.includes(fileName)) return [];
    return [{ path: toProjectPath(root, fileName), symbol: enclosingSymbol(node), member }];
  };
  const uses = resolution.uses.flatMap(({ node, member }) => (member === undefined ? [] : at(node, member)));
  const declarations = resolution.carriers.flatMap(({ typeNode, nameNode }) =>
    typeNode === undefined ? [] : at(nameNode, source),
  );
  return [...uses, ...declarations];
}
