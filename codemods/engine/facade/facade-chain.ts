import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/** A class with the project's classes that it extends, the class itself first. Declarations without bodies end the chain. */
export function facadeChain(
  checker: Checker,
  facade: ts.ClassDeclaration,
): readonly [ts.ClassDeclaration, ...ts.ClassDeclaration[]] {
  const chain: [ts.ClassDeclaration, ...ts.ClassDeclaration[]] = [facade];
  for (let base = baseOf(checker, facade); base !== undefined; base = baseOf(checker, base)) {
    if (chain.includes(base) || base.getSourceFile().isDeclarationFile) break;
    chain.push(base);
  }
  return chain;
}

function baseOf(checker: Checker, { heritageClauses }: ts.ClassDeclaration): ts.ClassDeclaration | undefined {
  const clause = heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const [base] = clause?.types ?? [];
  const symbol = base && (checker.getTypeAtLocation(base).symbol as ts.Symbol | undefined);
  return symbol?.declarations?.find(ts.isClassDeclaration);
}
