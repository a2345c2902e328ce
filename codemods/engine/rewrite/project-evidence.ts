import type { ts } from 'ts-morph';
import type { FacadeModel } from '../facade/facade-model.js';
import { addEvidence, readLayoutEvidence, type IsTouched, type LayoutEvidence } from './layout-evidence.js';

/** So many files tell how a project is formatted; to read more would only cost time. */
const sampleSize = 40;

const known = new WeakMap<ts.Program, LayoutEvidence>();

/** What the first files of a project tell about its layout. */
export function projectEvidence(program: ts.Program, isTouched: IsTouched): LayoutEvidence {
  const before = known.get(program);
  if (before !== undefined) return before;
  const sample = program
    .getSourceFiles()
    .filter(({ isDeclarationFile, fileName }) => !isDeclarationFile && !fileName.includes('/node_modules/'))
    .slice(0, sampleSize);
  const evidence = addEvidence(sample.map((file) => readLayoutEvidence(file, isTouched)));
  known.set(program, evidence);
  return evidence;
}

/**
 * Tells lines that a migration has changed or is going to change, by the names in them. Were they measured, the second
 * of two migrations would find other widths than one that does everything at once.
 */
export function touchedLines({ source, facade, wayBack, slots, methods }: FacadeModel): IsTouched {
  const names = [source.name, facade.name, wayBack?.name, ...slots.map(({ name }) => name)];
  const called = methods.map(({ name }) => `\\.${name}\\b`);
  const pattern = [...names.filter((name) => name !== undefined), ...called].map((one) =>
    one.replaceAll('$', '\\$'),
  );
  const expression = new RegExp(pattern.join('|'), 'i');
  return (line) => expression.test(line);
}
