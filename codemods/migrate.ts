import type { Configuration } from './configuration/read-configuration.js';
import { findFacade } from './engine/facade/find-facade.js';
import { ownFilesOf } from './engine/facade/own-files.js';
import { formatFiles, formatterWidth } from './engine/format-files.js';
import { openProject } from './engine/open-project.js';
import { planMigration } from './engine/plan-migration.js';
import type { FileChange } from './engine/write-files.js';
import { accountForOccurrences } from './reporting/account.js';
import { createReport, type Report } from './reporting/report.js';

export interface MigrateOptions {
  /** Folders and files that may change, relative to the root; empty means all. */
  readonly scope?: readonly string[];
  /** Keep the order of evaluation with constants where that is needed. Default true. */
  readonly allowBindings?: boolean;
  /** Leave test doubles as they are. Default false. */
  readonly keepDoubles?: boolean;
}

export interface Migration {
  readonly changes: readonly FileChange[];
  readonly report: Report;
}

/**
 * Plans the migration of a project: every call of the facade's methods in the scope that can be inlined, with everything
 * that hands the source on. All changes compile. Nothing is written.
 */
export async function migrate(
  configuration: Configuration,
  options: MigrateOptions = {},
): Promise<Migration> {
  const { root } = configuration;
  const { scope = [], allowBindings = true, keepDoubles = false } = options;
  const project = openProject(configuration);
  const facade = findFacade(project, configuration);
  const width = await formatterWidth(root);
  const plan = planMigration({ project, facade, scope, allowBindings, keepDoubles, width });
  const ownFiles = ownFilesOf(facade.model);
  const occurrences = accountForOccurrences({ project, facade, plan, scope });
  const files = await formatFiles(root, plan.files);
  return {
    changes: files.map(({ path, before, after }) => ({ path, before, after })),
    report: createReport({ plan, root, scope, ownFiles, occurrences }),
  };
}
