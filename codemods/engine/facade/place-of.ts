import type { ts } from 'ts-morph';
import type { FacadeFinding } from './facade-findings.js';

/** Where a node begins in its file, as a person counts. */
export function placeOf(node: ts.Node): Pick<FacadeFinding, 'line' | 'column'> {
  const { line, character } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return { line: line + 1, column: character + 1 };
}
