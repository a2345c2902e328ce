import { ts } from 'ts-morph';

/** What the type of a piece of code may depend on: names, and modules that it loads by itself. */
export interface TypeMentions {
  readonly names: ReadonlySet<string>;
  /** What stands in `import('…')` and `require('…')`. */
  readonly modules: readonly string[];
}

/**
 * The names that the types of what some code declares may depend on. What stands behind a written type is left out:
 * the body of a function that says what it returns, the value of a variable that says what it is.
 */
export function typeMentions(code: ts.Node): TypeMentions {
  const names = new Set<string>();
  const modules: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    const specifier = loadedModule(node);
    if (specifier !== undefined) modules.push(specifier);
    const hidden = behindWrittenType(node);
    ts.forEachChild(node, (child) => {
      if (child !== hidden) visit(child);
    });
  };
  visit(code);
  return { names, modules };
}

function behindWrittenType(node: ts.Node): ts.Node | undefined {
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isParameter(node)) {
    return node.type === undefined ? undefined : node.initializer;
  }
  if (!ts.isFunctionLike(node) || !('body' in node)) return undefined;
  // A constructor never says a type: what it assigns may be the only word about that of a property.
  return node.type === undefined && !ts.isSetAccessorDeclaration(node) ? undefined : node.body;
}

function loadedModule(node: ts.Node): string | undefined {
  if (ts.isImportTypeNode(node)) {
    const { argument } = node;
    return ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal)
      ? argument.literal.text
      : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const [first] = node.arguments;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require');
  return loads && first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
}
