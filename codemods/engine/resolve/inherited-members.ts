import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/** A class or an interface: what has members and builds on others. */
export type MemberHolder = ts.ClassLikeDeclaration | ts.InterfaceDeclaration;

/** The types that a class or an interface names after `extends` and `implements`. */
export function baseTypes(holder: MemberHolder, checker: Checker): readonly ts.Type[] {
  return (holder.heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => checker.getTypeAtLocation(type)),
  );
}

/** The declarations of a member in all that a class or an interface builds on, however far up. */
export function inheritedFrom(
  holder: MemberHolder,
  memberName: string,
  checker: Checker,
  seen = new Set<ts.Node>([holder]),
): readonly ts.Declaration[] {
  return baseTypes(holder, checker).flatMap((base) => [
    ...(base.getProperty(memberName)?.declarations ?? []),
    ...((base.symbol as ts.Symbol | undefined)?.declarations ?? []).flatMap((declaration) => {
      if (!ts.isClassLike(declaration) && !ts.isInterfaceDeclaration(declaration)) return [];
      if (seen.has(declaration)) return [];
      seen.add(declaration);
      return inheritedFrom(declaration, memberName, checker, seen);
    }),
  ]);
}
