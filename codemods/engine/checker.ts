import type { ts } from 'ts-morph';

/**
 * The questions that the engine asks about symbols and types, and no others: what another compiler would have to
 * answer in place of the bundled one. The answers are the bundled compiler's objects: of a type the engine reads its
 * flags, its symbol, its alias, its properties, signatures and string index, of a symbol its flags and declarations, of
 * a signature its declaration and result. The tree is the bundled compiler's as well, and so are the programs that an
 * outcome is checked with.
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
