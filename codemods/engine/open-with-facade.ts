import { wordPattern } from './word-pattern.js';
import type { Facade } from './facade/facade.js';
import { findFacade, type FacadeChoice } from './facade/find-facade.js';
import { openProject, type Project, type ProjectOptions, type Selection } from './open-project.js';

/** Where finding out what has to be read costs more than it saves. */
const limits = { fewestFiles: 400, greatestPart: 0.5 };

export interface OpenedProject {
  readonly project: Project;
  readonly facade: Facade;
}

/** Opens a project and finds its facade. Of a large one only what may hold the source is read, where that is certain. */
export function openWithFacade(
  options: ProjectOptions & FacadeChoice,
  selection: Partial<Selection> = {},
): OpenedProject {
  const open = (chosen: Selection | undefined): OpenedProject => {
    const project = openProject({ ...options, selection: chosen });
    return { project, facade: findFacade(project, options) };
  };
  const part = open({ ...limits, isWantedBesides: () => false, ...selection });
  return part.project.reach === undefined || isComplete(part, options.facade) ? part : open(undefined);
}

/** Whether the names that were followed are those of the facade, and nobody outside of the project has any. */
function isComplete({ project, facade: { model } }: OpenedProject, choice: string): boolean {
  const { reach, program, facade: location } = project;
  const followed = [model.facade, model.source, ...(model.wayBack === undefined ? [] : [model.wayBack])];
  if (reach === undefined || !followed.every(({ name }) => reach.names.has(name))) return false;
  const names = wordPattern([model.facade.name, model.source.name]);
  const own = new Set(project.fileNames);
  const [packageName = choice] = /^(?:@[^/]+\/)?[^/#]+/.exec(choice) ?? [];
  return !program.getSourceFiles().some((file) => {
    const { fileName, text } = file;
    if (own.has(fileName) || reach.files.has(fileName) || program.isSourceFileDefaultLibrary(file))
      return false;
    const isPackage = fileName.includes('/node_modules/');
    const mayKnow = !isPackage || (location?.kind === 'published' && text.includes(packageName));
    return mayKnow && names.test(text);
  });
}
