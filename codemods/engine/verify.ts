import { ts } from 'ts-morph';
import { blame } from './blame.js';
import type { StayOrigin } from './stay-origin.js';
import type { FacadeModel } from './facade/facade-model.js';
import { partsOf, type ExportedName, type Template } from './facade/template.js';
import { bindingLock } from './locks/binding-lock.js';
import { EarlierErrors } from './locks/earlier-errors.js';
import { errorsIn } from './locks/errors-in.js';
import { typeLock } from './locks/type-lock.js';
import type { Project } from './open-project.js';
import type { OnProgress } from './progress.js';
import type { Carrier, Use } from './resolve/carrier.js';
import type { SourceTypes } from './resolve/source-types.js';
import type { RewrittenFile } from './rewrite/rewrite.js';

export interface VerifyInput {
  readonly project: Project;
  readonly files: readonly RewrittenFile[];
  /** What may have been affected besides: the files that mention what changes. */
  readonly candidates: readonly string[];
  /** The carriers that answer for an error that no edit is nearer to. */
  readonly moving: readonly Carrier[];
  readonly onProgress?: OnProgress | undefined;
  /** Is told how many errors were there before, in the files that were checked. */
  readonly onEarlierErrors?: ((count: number) => void) | undefined;
  readonly uses: readonly Use[];
  readonly model: FacadeModel;
  /** Knows where a type may have changed. Without it, files are checked as a whole. */
  readonly types?: Pick<SourceTypes, 'codeOf'> | undefined;
}

/**
 * Checks the new texts with the project's own settings: they compile as well as before, every name means what it is
 * meant to, and every replaced call still has its type. The answer names the carriers that have to stay, and why.
 */
export function verify(input: VerifyInput): ReadonlyMap<Carrier, StayOrigin> {
  const { project, files, moving, uses, model } = input;
  const program = project.withTexts(new Map(files.map(({ path, after }) => [path, after])));
  const blamed = compileLock(input, program);
  if (blamed.size > 0) return blamed;
  const programs = { before: project.program, after: program };
  const captured = bindingLock({ ...programs, files, moving, imported: exportsOf(model) });
  return captured.size > 0 ? captured : typeLock({ ...programs, files, moving, uses });
}

/** The first lock: no errors that were not there before. */
function compileLock(
  { project, files, candidates, moving, types, onProgress, onEarlierErrors }: VerifyInput,
  program: ts.Program,
): ReadonlyMap<Carrier, StayOrigin> {
  const toCheck = [...new Set([...candidates, ...files.map(({ path }) => path)])].sort();
  const editedFiles = new Map(files.map((file) => [file.path, file]));
  const after = toCheck.flatMap((path, done) => {
    onProgress?.({ phase: 'checking', done, total: toCheck.length, path });
    const file = program.getSourceFile(path);
    return file === undefined ? [] : errorsIn(program, file, affectedIn(file, editedFiles.get(path), types));
  });
  const blamed = new Map<Carrier, StayOrigin>();
  if (after.length === 0) return blamed;
  const known = new EarlierErrors(
    [...new Set(after.map(({ file }) => file?.fileName ?? ''))].flatMap((path) => {
      const file = project.program.getSourceFile(path);
      return file === undefined ? [] : errorsIn(project.program, file);
    }),
    files,
  );
  // What stands where it stood is the same error; only then do the words alone decide.
  const moved = after.filter((error) => !known.takeAt(error));
  const fresh = moved.filter((error) => !known.takeLike(error));
  for (const error of fresh) {
    for (const carrier of blame(error, { program, files, moving }))
      blamed.set(carrier, originOf(error, carrier));
  }
  onEarlierErrors?.(after.length - fresh.length);
  return blamed;
}

/** What new code may import. */
function exportsOf({ slots, wayBack, methods }: FacadeModel): readonly ExportedName[] {
  const inTemplate = (template: Template): readonly ExportedName[] =>
    template.kind === 'import' ? [template.imported] : partsOf(template).flatMap(inTemplate);
  return [
    ...slots.map(({ type }) => type),
    ...(wayBack === undefined ? [] : [wayBack]),
    ...methods.flatMap(({ template }) => (template === undefined ? [] : inTemplate(template))),
  ];
}

/** The statements that an edit has touched, or in which a type may have changed; `undefined` for all of them. */
function affectedIn(
  file: ts.SourceFile,
  edited: RewrittenFile | undefined,
  types: VerifyInput['types'],
): readonly ts.Node[] | undefined {
  const inReach = types?.codeOf(file);
  if (inReach === undefined || inReach.includes(file)) return undefined;
  if (edited === undefined) return inReach;
  const isEdited = ({ pos, end }: ts.Node): boolean =>
    edited.placed.some((edit) => edit.start <= end && pos <= edit.end);
  return file.statements.filter(
    (one) => ts.isImportDeclaration(one) || isEdited(one) || inReach.includes(one),
  );
}

function originOf(error: ts.Diagnostic, carrier: Carrier): StayOrigin {
  const detail = `TS${error.code}: ${ts.flattenDiagnosticMessageText(error.messageText, ' ')}`;
  return { cause: { reason: 'would-not-compile', detail }, node: carrier.nameNode };
}
