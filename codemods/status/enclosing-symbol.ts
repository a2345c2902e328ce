import { ts } from 'ts-morph';

/** The names around a piece of code, from the outermost: `JobService.start`, or `(module)` outside of everything. */
export function enclosingSymbol(node: ts.Node): string {
  const names: string[] = [];
  for (
    let one: ts.Node | undefined = node.parent;
    one !== undefined;
    one = one.parent as ts.Node | undefined
  ) {
    const name = nameOf(one);
    if (name !== undefined) names.unshift(name);
  }
  return names.length === 0 ? '(module)' : names.join('.');
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
    return node.name?.text;
  }
  const isNamedFunction =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isModuleDeclaration(node);
  if (isNamedFunction) return node.name?.getText();
  const isHolder =
    ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node);
  // `const start = () => …`: the variable names the function.
  return isHolder && node.initializer !== undefined && ts.isFunctionLike(node.initializer)
    ? node.name.getText()
    : undefined;
}
