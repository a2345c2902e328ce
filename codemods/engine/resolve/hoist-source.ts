import { ts } from 'ts-morph';
import { classifyArgument, isMovable } from '../inline/argument-class.js';
import { takeName, type BoundNames } from '../inline/bound-names.js';
import { hoistPosition } from '../inline/hoist-position.js';
import type { Carrier, HoistedSource } from './carrier.js';
import { constructedFacets } from './facade-construction.js';
import type { SourceTypes } from './source-types.js';
import { withoutWrappers } from './transparent.js';

/** Where and under which name a constant can hold a value that several facets are taken of. */
export function hoistSource(
  expression: ts.Expression,
  target: Carrier,
  types: SourceTypes,
  names: BoundNames,
): HoistedSource | undefined {
  const { checker } = types;
  const statement = isInertSource(expression, types)
    ? enclosingStatement(expression)
    : hoistPosition(checker, expression);
  if (statement === undefined) return undefined;
  const { source, facade } = types.facade.model;
  const candidates = [
    target.name.replace(/^[#_]+/, ''),
    decapitalise(source.name),
    decapitalise(facade.name),
  ];
  const name = candidates.find((candidate) => takeName(checker, names, statement, candidate));
  return name === undefined ? undefined : { statement, name };
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

function decapitalise(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}
