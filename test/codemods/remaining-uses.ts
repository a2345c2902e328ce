import { ts } from 'ts-morph';

/** A type by where it is declared: others may have the same name. */
export interface DeclaredType {
  readonly name: string;
  readonly module: string;
}

/**
 * Counts the accesses to members of the source or of the facade, by the declaration that the compiler finds: what the
 * engine's own account has to cover. Independent of the engine on purpose.
 */
export function countRemainingUses(
  program: ts.Program,
  { source, facade }: Readonly<Record<'source' | 'facade', DeclaredType>>,
  own: (path: string) => boolean,
): number {
  const checker = program.getTypeChecker();
  const isMember = (symbol: ts.Symbol | undefined): boolean =>
    (symbol?.declarations ?? []).some((declaration) => {
      const holder = declaration.parent as ts.Node & { readonly name?: ts.Node };
      const is = ({ name, module }: DeclaredType): boolean =>
        holder.name?.getText() === name && holder.getSourceFile().fileName === module;
      if (ts.isInterfaceDeclaration(holder)) return is(source);
      return ts.isMethodDeclaration(declaration) && is(facade);
    });
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && isMember(checker.getSymbolAtLocation(node.name))) count += 1;
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (own(file.fileName)) visit(file);
  return count;
}
