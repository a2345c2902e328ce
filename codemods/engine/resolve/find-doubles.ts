import { ts } from 'ts-morph';
import type { Carrier, Double, Flow } from './carrier.js';
import { readDouble } from './read-double.js';
import type { SourceTypes } from './source-types.js';
import { isTestFile } from './test-file.js';
import { withoutWrappers } from './transparent.js';

/**
 * Test doubles among what goes into carriers and among the carriers of tests: variables that hold an object literal made
 * of members of the source and nothing else, each of which has one method of one facet to take its place. What has the
 * source's type takes the place of its carrier; the others come after all carriers.
 */
export function withDoubles(
  files: readonly ts.SourceFile[],
  carriers: readonly Carrier[],
  flows: readonly Flow[],
  types: SourceTypes,
): readonly Carrier[] {
  const typed = new Map(
    carriers.flatMap((carrier): [Carrier, Double][] => {
      const { declaration, pickedSlot } = carrier;
      if (!ts.isVariableDeclaration(declaration) || pickedSlot !== undefined) return [];
      const double = isTestFile(declaration.getSourceFile()) ? readDouble(declaration, types) : undefined;
      return double === undefined ? [] : [[carrier, double]];
    }),
  );
  const known = new Set<ts.Node>(carriers.map(({ declaration }) => declaration));
  const found = new Map<ts.Node, Carrier>();
  const handedOver = flows.flatMap(({ from, expression }) =>
    from === undefined && !ts.isBindingElement(expression) ? [expression] : [],
  );
  for (const expression of [...handedOver, ...bridgedExpressions(files, types)]) {
    const declaration = declarationOf(expression, types);
    if (declaration === undefined || known.has(declaration)) continue;
    known.add(declaration);
    const double = readDouble(declaration, types);
    if (double === undefined || !ts.isIdentifier(declaration.name)) continue;
    found.set(declaration, {
      index: carriers.length + found.size,
      declaration,
      name: declaration.name.text,
      nameNode: declaration.name,
      typeNode: undefined,
      isNullable: false,
      double,
    });
  }
  return [
    ...carriers.map((carrier): Carrier => {
      const double = typed.get(carrier);
      return double === undefined
        ? carrier
        : { ...carrier, double, typeNode: undefined, isNullable: false, isReassigned: false };
    }),
    ...found.values(),
  ];
}

function declarationOf(expression: ts.Expression, types: SourceTypes): ts.VariableDeclaration | undefined {
  const bare = withoutWrappers(expression);
  if (!ts.isIdentifier(bare)) return undefined;
  const symbol = ts.isShorthandPropertyAssignment(bare.parent)
    ? types.checker.getShorthandAssignmentValueSymbol(bare.parent)
    : types.checker.getSymbolAtLocation(bare);
  const declaration = symbol?.valueDeclaration;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration : undefined;
}

/** What an earlier run, or a person, has put a bridge around. */
function bridgedExpressions(files: readonly ts.SourceFile[], types: SourceTypes): readonly ts.Expression[] {
  const name = types.facade.model.wayBack?.name;
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (types.isWayBackCall(node)) found.push(...node.arguments);
    ts.forEachChild(node, visit);
  };
  for (const file of files) if (name !== undefined && file.text.includes(name)) visit(file);
  return found;
}
