import type { Configuration } from './configuration/read-configuration.js';
import { editableNodes, fileObstacles } from './engine/edit-limits.js';
import { ownFilesOf } from './engine/facade/own-files.js';
import { formatFiles } from './engine/format-files.js';
import { readFormatterSettings } from './engine/formatter-settings.js';
import { connectFiles, linkedFiles } from './engine/linked-files.js';
import type { Project } from './engine/open-project.js';
import { openWithFacade } from './engine/open-with-facade.js';
import { planMigration } from './engine/plan-migration.js';
import type { OnProgress, Phase } from './engine/progress.js';
import { toProjectPath, type ProjectPath } from './engine/project-path.js';
import { joinScopes, readRecordedScope, scopeFileOf } from './engine/recorded-scope.js';
import type { FileChange, FileWrite } from './engine/writing/write-files.js';
import { accountForOccurrences } from './reporting/account.js';
import { createReport, type Report } from './reporting/report.js';
import { findTodos, todoMarker } from './todo/find-todos.js';
import { placeTodos } from './todo/place-todos.js';

export interface MigrateOptions {
  /** Folders and files that may change beside those of earlier runs, relative to the root; empty means all. */
  readonly scope?: readonly string[];
  /** Folders and files of the scope that may not change after all. */
  readonly exclude?: readonly string[];
  /** Name of the only facet to move to: what needs another one as well stays. */
  readonly only?: string | undefined;
  /** Inline uses of what stays, by the way back. Default false. */
  readonly projectsStays?: boolean;
  /** Leave a comment at what a person must do. Without it, comments that are settled go all the same. Default false. */
  readonly addsTodos?: boolean;
  /** Keep the order of evaluation with constants where that is needed. Default true. */
  readonly allowBindings?: boolean;
  /** Leave test doubles as they are. Default false. */
  readonly keepDoubles?: boolean;
  /** Is told what is being done; must be quick. */
  readonly onProgress?: OnProgress;
}

export interface Migration {
  readonly changes: readonly FileChange[];
  /** The file that records the scope for later runs, to be written with the changes; `undefined` when it says so already. */
  readonly scopeFile: FileWrite | undefined;
  readonly report: Report;
  /** The changed files, in groups that have nothing to do with each other. */
  readonly groups: readonly (readonly ProjectPath[])[];
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
  const { scope: given = [], exclude = [], only, projectsStays = false, onProgress } = options;
  const { allowBindings = true, keepDoubles = false } = options;
  const enter = (phase: Phase): void => onProgress?.({ phase, done: 0, total: 0 });
  const scope = joinScopes(readRecordedScope(root), given);
  enter('reading');
  const { project, facade } = openWithFacade(
    { ...configuration, onProgress },
    { isWantedBesides: (text) => text.includes(todoMarker) },
  );
  const { width, commas } = await readFormatterSettings(root);
  const plan = planMigration({
    project,
    facade,
    scope,
    exclude,
    only,
    projectsStays,
    allowBindings,
    keepDoubles,
    publicApi,
    width,
    commas,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  enter('counting');
  const ownFiles = ownFilesOf(facade.model);
  const occurrences = accountForOccurrences({ project, facade, plan, scope });
  const report = createReport({ plan, root, scope, given, ownFiles, occurrences });
  enter('formatting');
  const formatted = await formatFiles(root, plan.files);
  const planned = formatted.map(({ path, before, after }) => ({ path, before, after }));
  const isEditable = editableNodes(project, { scope, exclude }, fileObstacles(project));
  // With one facet only, what the others need is not known, so nothing is settled.
  const changes =
    only === undefined
      ? withTodos(planned, report, project, isEditable, options.addsTodos === true)
      : planned;
  const changedFiles = changes.map(({ path }) => toProjectPath(root, path));
  return {
    changes,
    scopeFile: scopeFileOf(root, given),
    report: { ...report, changedFiles },
    groups: connectFiles(changedFiles, linkedFiles(plan, root)),
  };
}

function withTodos(
  planned: readonly FileChange[],
  report: Report,
  project: Project,
  isEditable: Parameters<typeof findTodos>[2],
  addsTodos: boolean,
): readonly FileChange[] {
  const byPath = new Map(planned.map((change) => [change.path, change]));
  const todos = findTodos(report, project, isEditable);
  const marked = project.fileNames.filter((path) => {
    const file = project.program.getSourceFile(path);
    return file?.text.includes(todoMarker) === true && isEditable(file);
  });
  const asked = addsTodos ? todos.map(({ path }) => path) : [];
  for (const path of new Set([...marked, ...asked])) {
    const before = project.program.getSourceFile(path)?.text ?? '';
    const after = placeTodos({
      path,
      before,
      after: byPath.get(path)?.after ?? before,
      todos: todos.filter((todo) => todo.path === path),
      mode: addsTodos ? 'add' : 'clean',
    });
    byPath.set(path, { path, before, after });
  }
  return [...byPath.values()]
    .filter(({ before, after }) => before !== after)
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}
