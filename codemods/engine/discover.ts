import type { ts } from 'ts-morph';
import type { FacadeModel } from './facade/facade-model.js';
import type { Project } from './open-project.js';
import { wordPattern } from './word-pattern.js';

/** The project's own files whose text has one of the words; the compiler looks into no others. */
export function filesWithWords(project: Project, words: Iterable<string>): readonly ts.SourceFile[] {
  const pattern = wordPattern(words);
  return project.fileNames.flatMap((path) => {
    if (!mayHoldSource(project, path)) return [];
    const file = project.program.getSourceFile(path);
    return file !== undefined && !file.isDeclarationFile && pattern.test(file.text) ? [file] : [];
  });
}

/** Whether a value in a file may be of the source's type; where nobody has found out, any file may hold one. */
export function mayHoldSource({ reach }: Project, path: string): boolean {
  return reach === undefined || reach.files.has(path);
}

/** Names that only a file which has to do with the source mentions: the source, the facade, the way back. */
export function namesOf({ facade, source, wayBack }: FacadeModel): readonly string[] {
  return [facade.name, source.name, ...(wayBack === undefined ? [] : [wayBack.name])];
}
