import { ts } from 'ts-morph';
import { classifyArgument, isMovable } from '../inline/argument-class.js';
import { takeName, type BoundNames } from '../inline/bound-names.js';
import { hoistPosition } from '../inline/hoist-position.js';
import { replaceWord, scopeOf } from '../names.js';
import type { CarrierIndex } from './carrier-index.js';
import type { HoistedSource } from './carrier.js';
import { constructedFacets } from './facade-construction.js';
import type { SourceTypes } from './source-types.js';
import { withoutWrappers } from './transparent.js';

/** Where and under which names constants can hold the facets of a value that is evaluated once. */
export function hoistSource(
  expression: ts.Expression,
  name: string,
  index: CarrierIndex,
  names: BoundNames,
): HoistedSource | undefined {
  const { types } = index;
  const { checker } = types;
  const statement =
    assigningStatement(expression) ??
    (isInertSource(expression, types) ? enclosingStatement(expression) : hoistPosition(checker, expression));
  if (statement === undefined) return undefined;
  const { source, slots } = types.facade.model;
  const bare = name.replace(/^[#_]+/, '');
  const wanted = namesWantedIn(statement.parent, index);
  return {
    statement,
    names: slots.map(({ name: slot }) => {
      const replaced = replaceWord(bare, source.name, slot);
      const candidates = [replaced ?? slot, slot, `${bare}${slot.charAt(0).toUpperCase()}${slot.slice(1)}`];
      return candidates.find(
        (candidate) => !wanted.has(candidate) && takeName(checker, names, statement, candidate),
      );
    }),
  };
}

/** The statement that only assigns the value to a variable or a member of `this`: nothing is evaluated before it. */
function assigningStatement({ parent }: ts.Expression): ts.Statement | undefined {
  if (!ts.isBinaryExpression(parent) || !ts.isExpressionStatement(parent.parent)) return undefined;
  const { left, operatorToken } = parent;
  const isOwn =
    ts.isIdentifier(left) ||
    (ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword);
  const isPlain = operatorToken.kind === ts.SyntaxKind.EqualsToken && isOwn;
  return isPlain && ts.isBlock(parent.parent.parent) ? parent.parent : undefined;
}

/** The names that the carriers in reach of a block may get, in this run or in another: those are theirs. */
function namesWantedIn(block: ts.Node, { carriers, types }: CarrierIndex): ReadonlySet<string> {
  const { source, slots } = types.facade.model;
  const isInside = (inner: ts.Node, outer: ts.Node): boolean =>
    ts.findAncestor(inner, (node) => node === outer) !== undefined;
  const wanted = new Set<string>();
  for (const { declaration, name } of carriers) {
    const isVariable =
      ts.isParameter(declaration) ||
      ts.isVariableDeclaration(declaration) ||
      ts.isBindingElement(declaration);
    if (!isVariable || declaration.getSourceFile() !== block.getSourceFile()) continue;
    const scope = scopeOf(declaration);
    if (!isInside(scope, block) && !isInside(block, scope)) continue;
    for (const slot of slots) {
      const replaced = replaceWord(name, source.name, slot.name);
      if (replaced !== undefined) wanted.add(replaced);
    }
  }
  return wanted;
}

/** A choice between what exists already and facades made of what exists already: making one has no effect. */
function isInertSource(node: ts.Expression, types: SourceTypes): boolean {
  const bare = withoutWrappers(node);
  if (ts.isBinaryExpression(bare)) {
    const { kind } = bare.operatorToken;
    const chooses = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
    return chooses && isInertSource(bare.left, types) && isInertSource(bare.right, types);
  }
  if (ts.isConditionalExpression(bare)) {
    return [bare.condition, bare.whenTrue, bare.whenFalse].every((part) => isInertSource(part, types));
  }
  if (constructedFacets(bare, types) !== undefined) {
    return (
      (bare as ts.NewExpression).arguments?.every((one) =>
        isMovable(classifyArgument(types.checker, one)),
      ) === true
    );
  }
  return isMovable(classifyArgument(types.checker, bare));
}

/** The statement of a list that an expression is part of, in the same function. */
function enclosingStatement(node: ts.Node): ts.Statement | undefined {
  for (
    let current = node;
    !ts.isFunctionLike(current) && !ts.isClassLike(current);
    current = current.parent
  ) {
    const { parent } = current;
    if (ts.isBlock(parent) || ts.isSourceFile(parent)) return current as ts.Statement;
    if (ts.isCaseOrDefaultClause(parent)) return undefined;
  }
  return undefined;
}
