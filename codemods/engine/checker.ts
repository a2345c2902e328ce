import type { ts } from 'ts-morph';

/**
 * The questions that the engine asks about symbols and types, and no others: what another compiler would have to
 * answer in place of the bundled one.
 */
export type Checker = Pick<
  ts.TypeChecker,
  | 'getSymbolAtLocation'
  | 'getAliasedSymbol'
  | 'getShorthandAssignmentValueSymbol'
  | 'getTypeAtLocation'
  | 'getTypeOfSymbolAtLocation'
  | 'getContextualType'
  | 'getNonNullableType'
  | 'getAwaitedType'
  | 'getResolvedSignature'
  | 'getSignatureFromDeclaration'
  | 'getExportsOfModule'
  | 'getExportSpecifierLocalTargetSymbol'
  | 'getTypeArguments'
  | 'resolveName'
  | 'isArrayLikeType'
  | 'isTypeAssignableTo'
  | 'typeToString'
>;
