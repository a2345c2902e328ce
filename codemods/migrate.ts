import type { Configuration } from './configuration/read-configuration.js';
import { findFacade } from './engine/facade/find-facade.js';
import { formatFiles, formatterWidth } from './engine/format-files.js';
import { openProject } from './engine/open-project.js';
import { planMigration } from './engine/plan-migration.js';
import { joinScopes, readRecordedScope, scopeFileOf } from './engine/recorded-scope.js';
import type { FileChange, WrittenFile } from './engine/write-files.js';
import { createReport, type Report } from './reporting/report.js';

export interface MigrateOptions {
  /** Folders and files that may change beside those of earlier runs, relative to the root; empty means all. */
  readonly scope?: readonly string[];
  /** Keep the order of evaluation with constants where that is needed. Default true. */
  readonly allowBindings?: boolean;
  /** Leave test doubles as they are. Default false. */
  readonly keepDoubles?: boolean;
}

export interface Migration {
  readonly changes: readonly FileChange[];
  /** The file that records the scope for later runs, to be written with the changes; `undefined` when it says so already. */
  readonly scopeFile: WrittenFile | undefined;
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
  const { root, publicApi = 'keep' } = configuration;
  const { scope: given = [], allowBindings = true, keepDoubles = false } = options;
  const recorded = readRecordedScope(root);
  const scope = joinScopes(recorded, given);
  const project = openProject(configuration);
  const facade = findFacade(project, configuration);
  const width = await formatterWidth(root);
  const plan = planMigration({ project, facade, scope, allowBindings, keepDoubles, publicApi, width });
  const ownFiles = [facade.model.facade.module, facade.model.source.module];
  const files = await formatFiles(root, plan.files);
  return {
    changes: files.map(({ path, before, after }) => ({ path, before, after })),
    scopeFile: scopeFileOf(root, given),
    report: createReport({ plan, root, scope, given, ownFiles }),
  };
}
