import { ts } from 'ts-morph';
import { toProjectPath } from '../engine/project-path.js';
import type { Reason } from '../engine/reasons.js';

/** What one occurrence of a member's name in a text is. */
export type Occurrence =
  | { readonly kind: 'rewritten' | 'facade' | 'untyped' | 'comment' }
  | { readonly kind: 'left'; readonly reason: Reason }
  | { readonly kind: 'unrelated'; readonly owner: string }
  /** `isWhole`: the string is the name and nothing else, as in `spyOn(runner, 'killTask')`. */
  | { readonly kind: 'string'; readonly isWhole: boolean };

/** What an occurrence is that is no name in the code; `undefined` for a name. */
export function occurrenceOutsideCode(node: ts.Node, name: string): Occurrence | undefined {
  if (ts.isStringLiteralLike(node)) return { kind: 'string', isWhole: node.text === name };
  const isText =
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isJsxText(node) ||
    node.kind === ts.SyntaxKind.RegularExpressionLiteral;
  if (isText) return { kind: 'string', isWhole: false };
  return ts.isIdentifier(node) || ts.isPrivateIdentifier(node) ? undefined : { kind: 'comment' };
}

/** Whose a declaration is: the class or interface that it is a member of, else the module's. */
export function ownerOfDeclaration(declaration: ts.Node, root: string): string {
  const path = shownPath(toProjectPath(root, declaration.getSourceFile().fileName));
  const holder = declaration.parent as ts.Node | undefined;
  if (holder !== undefined && (ts.isClassLike(holder) || ts.isInterfaceDeclaration(holder))) {
    return `${holder.name?.text ?? 'a class'} (${path})`;
  }
  return ts.isParameter(declaration) || ts.isVariableDeclaration(declaration) ? `a variable (${path})` : path;
}

/** A package's file by the package, and a library of the compiler by its name: where they lie is of no interest. */
function shownPath(path: string): string {
  return path.replace(/^.*node_modules\/(?:refacet-bundled-typescript\/lib\/)?/, '');
}
