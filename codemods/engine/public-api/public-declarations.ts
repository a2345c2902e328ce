import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/**
 * The parameters, members and variables that users of some modules can see: those of what is exported, and of every
 * type that what is exported is described with.
 */
export function publicDeclarations(
  entries: readonly ts.SourceFile[],
  checker: Checker,
): ReadonlySet<ts.Node> {
  const seen = new Set<ts.Node>();
  const seenTypes = new Set<ts.Type>();
  const queue: ts.Node[] = entries.flatMap((entry) => {
    const module = checker.getSymbolAtLocation(entry);
    return module === undefined ? [] : checker.getExportsOfModule(module).flatMap(declarationsOf);
  });
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) visit(node);
  return seen;

  function visit(node: ts.Node): void {
    if (seen.has(node) || node.getSourceFile().isDeclarationFile) return;
    seen.add(node);
    if (ts.isClassLike(node)) visitClass(node);
    else if (ts.isInterfaceDeclaration(node)) {
      visitTypesIn(node.heritageClauses ?? []);
      queue.push(...node.members);
    } else if (ts.isTypeAliasDeclaration(node)) visitTypesIn([node.type]);
    else if (ts.isFunctionLike(node)) visitFunction(node);
    else if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) visitValue(node);
    else if (ts.isPropertySignature(node) || ts.isParameter(node) || ts.isBindingElement(node))
      visitValue(node);
    else if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) visitType(node);
    else if (ts.isExportAssignment(node)) visitType(node.expression);
    else if (ts.isTypeLiteralNode(node)) queue.push(...node.members);
  }

  function visitClass(node: ts.ClassLikeDeclaration): void {
    visitTypesIn(node.heritageClauses ?? []);
    for (const member of node.members) {
      const isHidden =
        (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
        (ts.canHaveModifiers(member) &&
          ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) === true);
      if (!isHidden) queue.push(member);
    }
  }

  function visitFunction(node: ts.SignatureDeclaration): void {
    queue.push(...node.parameters);
    visitTypesIn(node.typeParameters ?? []);
    if (node.type !== undefined) visitTypesIn([node.type]);
    else {
      const result = checker.getSignatureFromDeclaration(node)?.getReturnType();
      if (result !== undefined) enqueueType(result);
    }
  }

  function visitValue(
    node:
      | ts.VariableDeclaration
      | ts.PropertyDeclaration
      | ts.PropertySignature
      | ts.ParameterDeclaration
      | ts.BindingElement,
  ): void {
    const written = ts.isBindingElement(node) ? undefined : node.type;
    if (written === undefined) visitType(node);
    else visitTypesIn([written]);
    const value = ts.isPropertySignature(node) ? undefined : node.initializer;
    if (value !== undefined && (ts.isFunctionLike(value) || ts.isClassLike(value))) queue.push(value);
  }

  function visitType(node: ts.Node): void {
    enqueueType(checker.getTypeAtLocation(node));
  }

  /** What an inferred type is made of. */
  function enqueueType(type: ts.Type): void {
    if (seenTypes.has(type)) return;
    seenTypes.add(type);
    if (type.isUnionOrIntersection()) type.types.forEach(enqueueType);
    const symbols: readonly (ts.Symbol | undefined)[] = [type.symbol, type.aliasSymbol];
    for (const symbol of symbols) {
      for (const declaration of symbol?.declarations ?? []) {
        queue.push(declaration);
        if (ts.isObjectLiteralExpression(declaration)) queue.push(...declaration.properties);
      }
    }
    const isReference = (type.flags & ts.TypeFlags.Object) !== 0;
    if (isReference) checker.getTypeArguments(type as ts.TypeReference).forEach(enqueueType);
    type.aliasTypeArguments?.forEach(enqueueType);
  }

  /** The declarations that written types name. */
  function visitTypesIn(nodes: readonly ts.Node[]): void {
    const find = (node: ts.Node): void => {
      if (ts.isTypeLiteralNode(node) || ts.isFunctionTypeNode(node)) queue.push(node);
      if (ts.isIdentifier(node)) {
        const symbol = checker.getSymbolAtLocation(node);
        if (symbol !== undefined) queue.push(...declarationsOf(symbol));
      }
      ts.forEachChild(node, find);
    };
    nodes.forEach(find);
  }

  function declarationsOf(symbol: ts.Symbol): readonly ts.Declaration[] {
    const target = (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
    return target.declarations ?? [];
  }
}
