import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import { isReassigned } from './is-reassigned.js';

/**
 * What may be done with an argument, from the most to the least: a constant or a stable name may be copied and moved,
 * a fresh value moved but made once, a read moved across other reads, an effect not moved at all.
 */
export type ArgumentClass = 'constant' | 'stable' | 'fresh' | 'read' | 'effect';

const severity: readonly ArgumentClass[] = ['constant', 'stable', 'fresh', 'read', 'effect'];

const constants: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
]);

/** Operators that convert nothing: they run no code whatever their operands are. */
const plainOperators: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** Operators that convert their operands, which runs code unless they are primitive. */
const convertingOperators: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

const primitive =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null;

/** Classifies an expression by its syntax and symbols. Where in doubt, it is an effect. */
export function classifyArgument(checker: Checker, node: ts.Expression): ArgumentClass {
  const classify = (inner: ts.Expression): ArgumentClass => classifyArgument(checker, inner);
  const isPrimitive = (inner: ts.Expression): boolean => isPrimitiveType(checker.getTypeAtLocation(inner));

  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return classify(node.expression);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node)) {
    return classify(node.expression);
  }
  if (constants.has(node.kind)) return 'constant';
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'stable';
  if (ts.isRegularExpressionLiteral(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node)) {
    return 'fresh';
  }
  if (ts.isIdentifier(node)) return classifyName(checker, node);
  if (ts.isPropertyAccessExpression(node)) return classifyMember(checker, node);
  if (ts.isElementAccessExpression(node)) {
    if (!isPrimitive(node.argumentExpression)) return 'effect';
    const member = checker.getSymbolAtLocation(node.argumentExpression);
    if (member !== undefined && (member.flags & ts.SymbolFlags.Accessor) !== 0) return 'effect';
    return worst('read', classify(node.expression), classify(node.argumentExpression));
  }
  if (ts.isObjectLiteralExpression(node)) return classifyObject(checker, node);
  if (ts.isArrayLiteralExpression(node)) {
    const parts = node.elements.map((element): ArgumentClass => {
      if (!ts.isSpreadElement(element))
        return ts.isOmittedExpression(element) ? 'constant' : classify(element);
      const isArray = checker.isArrayLikeType(checker.getTypeAtLocation(element.expression));
      return isArray ? worst('read', classify(element.expression)) : 'effect';
    });
    return worst('fresh', ...parts);
  }
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map(({ expression }): ArgumentClass =>
      isPrimitive(expression) ? classify(expression) : 'effect',
    );
    return worst('fresh', ...parts);
  }
  if (ts.isPrefixUnaryExpression(node)) return classifyPrefix(checker, node);
  if (ts.isTypeOfExpression(node) || ts.isVoidExpression(node))
    return worst('fresh', classify(node.expression));
  if (ts.isBinaryExpression(node)) {
    const { left, operatorToken, right } = node;
    if (plainOperators.has(operatorToken.kind)) return worst('fresh', classify(left), classify(right));
    if (!convertingOperators.has(operatorToken.kind)) return 'effect';
    return isPrimitive(left) && isPrimitive(right)
      ? worst('fresh', classify(left), classify(right))
      : 'effect';
  }
  if (ts.isConditionalExpression(node)) {
    return worst('fresh', classify(node.condition), classify(node.whenTrue), classify(node.whenFalse));
  }
  return 'effect';
}

/** Whether evaluating it earlier or later than other effects makes no difference. */
export function isMovable(value: ArgumentClass): boolean {
  return value === 'constant' || value === 'stable' || value === 'fresh';
}

/** The least movable of some classes. */
export function worst(...classes: readonly ArgumentClass[]): ArgumentClass {
  return classes.reduce((left, right) => (severity.indexOf(left) >= severity.indexOf(right) ? left : right));
}

function classifyName(checker: Checker, node: ts.Identifier): ArgumentClass {
  const found = checker.getSymbolAtLocation(node);
  if (node.text === 'undefined' && (found?.declarations === undefined || found.declarations.length === 0)) {
    return 'constant';
  }
  if (found === undefined) return 'effect';
  const symbol = (found.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(found) : found;
  const declaration = symbol.valueDeclaration;
  if (declaration === undefined) return 'read';
  if (ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration)) return 'stable';
  if (ts.isEnumDeclaration(declaration)) return 'stable';
  if (
    ts.isVariableDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isBindingElement(declaration)
  ) {
    return isReassigned(checker, declaration) ? 'read' : 'stable';
  }
  return 'read';
}

function classifyMember(checker: Checker, node: ts.PropertyAccessExpression): ArgumentClass {
  const symbol = checker.getSymbolAtLocation(node.name);
  if (symbol !== undefined) {
    if ((symbol.flags & ts.SymbolFlags.EnumMember) !== 0) return 'constant';
    if ((symbol.flags & ts.SymbolFlags.Accessor) !== 0) return 'effect';
  }
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword) return 'effect';
  if (node.expression.kind === ts.SyntaxKind.ThisKeyword && symbol !== undefined && isSetOnce(symbol)) {
    return 'stable';
  }
  return worst('read', classifyArgument(checker, node.expression));
}

/** A readonly parameter property, or a readonly field: only the constructor sets it. */
function isSetOnce(symbol: ts.Symbol): boolean {
  const declaration = symbol.valueDeclaration;
  if (declaration === undefined) return false;
  if (!ts.isParameter(declaration) && !ts.isPropertyDeclaration(declaration)) return false;
  return declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true;
}

function classifyObject(checker: Checker, node: ts.ObjectLiteralExpression): ArgumentClass {
  const parts = node.properties.map((member): ArgumentClass => {
    if (ts.isShorthandPropertyAssignment(member)) return classifyShorthand(checker, member);
    if (ts.isMethodDeclaration(member)) return 'fresh';
    if (!ts.isPropertyAssignment(member)) return 'effect';
    const key = ts.isComputedPropertyName(member.name)
      ? classifyArgument(checker, member.name.expression)
      : 'constant';
    return worst(key, classifyArgument(checker, member.initializer));
  });
  return worst('fresh', ...parts);
}

function classifyShorthand(checker: Checker, member: ts.ShorthandPropertyAssignment): ArgumentClass {
  const declaration = checker.getShorthandAssignmentValueSymbol(member)?.valueDeclaration;
  if (declaration === undefined) return 'read';
  if (
    ts.isVariableDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isBindingElement(declaration)
  ) {
    return isReassigned(checker, declaration) ? 'read' : 'stable';
  }
  return ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration) ? 'stable' : 'read';
}

function classifyPrefix(checker: Checker, node: ts.PrefixUnaryExpression): ArgumentClass {
  if (node.operator === ts.SyntaxKind.ExclamationToken) {
    return worst('fresh', classifyArgument(checker, node.operand));
  }
  if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) {
    return 'effect';
  }
  if (ts.isNumericLiteral(node.operand)) return 'constant';
  return isPrimitiveType(checker.getTypeAtLocation(node.operand))
    ? worst('fresh', classifyArgument(checker, node.operand))
    : 'effect';
}

function isPrimitiveType(type: ts.Type): boolean {
  return type.isUnion() ? type.types.every(isPrimitiveType) : (type.flags & primitive) !== 0;
}
