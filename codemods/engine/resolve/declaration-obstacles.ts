import { ts } from 'ts-morph';
import type { Reason } from '../reasons.js';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, Obstacle } from './carrier.js';
import { isJavaScript, isUncheckedJavaScript } from '../javascript-files.js';
import { isCollectionType } from './collection-types.js';
import { isCalledByName } from './is-called-by-name.js';

/** What about the declarations of carriers keeps them from changing, whatever is done with their values. */
export function declarationObstacles(
  index: CarrierIndex,
  followed: ReadonlySet<Carrier>,
  options: ts.CompilerOptions,
): readonly Obstacle[] {
  const { facade } = index.types;
  const facadeFiles = [facade.facadeDeclaration.getSourceFile(), facade.sourceDeclaration.getSourceFile()];
  return index.carriers.flatMap((carrier) => {
    const { declaration } = carrier;
    const file = declaration.getSourceFile();
    const found: Reason[] = [];
    if (facadeFiles.includes(file)) found.push('facade-module');
    if (isGenerated(file)) found.push('generated-file');
    if (isJavaScript(file.fileName)) {
      found.push(isUncheckedJavaScript(file, options) ? 'unchecked-javascript' : 'jsdoc-carrier');
    }
    if (!ts.isExternalModule(file)) found.push('not-a-module');
    const reason = shapeObstacle(carrier, index, followed.has(carrier));
    if (reason !== undefined) found.push(reason);
    return found.map((one) => ({ carrier, node: carrier.nameNode, cause: { reason: one } }));
  });
}

function shapeObstacle(carrier: Carrier, index: CarrierIndex, isFollowed: boolean): Reason | undefined {
  const { declaration, typeNode } = carrier;
  if (ts.canHaveDecorators(declaration) && ts.getDecorators(declaration) !== undefined)
    return 'decorated-carrier';
  if (typeNode !== undefined && !isWritable(typeNode, carrier, index)) return 'unsupported-declaration';
  if (carrier.returns !== undefined) return returnObstacle(declaration, index);
  if (ts.isParameter(declaration)) return parameterObstacle(declaration, isFollowed, carrier);
  if (ts.isVariableDeclaration(declaration)) {
    const statement = declaration.parent.parent;
    const isExported =
      ts.isVariableStatement(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    return isExported ? 'exported-variable' : undefined;
  }
  if (
    ts.isPropertyDeclaration(declaration) &&
    declaration.type === undefined &&
    declaration.initializer === undefined
  ) {
    return 'unsupported-declaration';
  }
  if (ts.isPropertyAssignment(declaration) || ts.isShorthandPropertyAssignment(declaration)) {
    // The only literals whose readers are known by their symbols are those that a constant holds.
    const holder = declaration.parent.parent;
    const isConst = ts.isVariableDeclaration(holder) && (holder.parent.flags & ts.NodeFlags.Const) !== 0;
    return isConst ? undefined : 'flows-to-unknown-type';
  }
  return undefined;
}

/** Whether a written type names the source where a facet can take its place. */
function isWritable(node: ts.TypeNode, { returns, isCollection }: Carrier, index: CarrierIndex): boolean {
  const isPlain = (one: ts.TypeNode): boolean => isPlainType(one, index);
  if (isCollection !== true) return isPlain(bareType(node, returns));
  if (ts.isUnionTypeNode(node)) {
    return node.types.every((one) => isEmptyType(one) || isCollectionType(one, index.types, isPlain));
  }
  return isCollectionType(node, index.types, isPlain);
}

/** The type in the promise that a function gives. */
function bareType(node: ts.TypeNode, returns: Carrier['returns']): ts.TypeNode {
  if (returns !== 'promise' || !ts.isTypeReferenceNode(node)) return node;
  const [inner] = node.typeArguments ?? [];
  return node.typeName.getText() === 'Promise' && inner !== undefined ? inner : node;
}

function returnObstacle(declaration: ts.Node, index: CarrierIndex): Reason | undefined {
  // A literal's method is what some other type says that it is.
  if (ts.isObjectLiteralExpression(declaration.parent)) return 'function-escapes';
  const held = ts.isVariableDeclaration(declaration.parent) ? declaration.parent : declaration;
  const name = (held as ts.NamedDeclaration).name;
  const symbol = name && index.types.checker.getSymbolAtLocation(name);
  // Overloads, merged declarations, an accessor with its setter: what one says binds the others.
  return symbol?.declarations?.length === 1 ? undefined : 'unsupported-declaration';
}

function parameterObstacle(
  parameter: ts.ParameterDeclaration,
  isFollowed: boolean,
  { isCollection }: Carrier,
): Reason | undefined {
  const owner = parameter.parent;
  if (ts.isSetAccessor(owner) || ts.isIndexSignatureDeclaration(owner)) return 'unsupported-declaration';
  if (!isFollowed && (parameter.type === undefined || !isCalledByName(owner))) return 'callback-parameter';
  if (parameter.dotDotDotToken !== undefined && isCollection !== true) return 'collection-of-source';
  const usesArguments = 'body' in owner && owner.body !== undefined && readsArguments(owner.body);
  return usesArguments ? 'uses-arguments-object' : undefined;
}

/** A reference to the source, alone or beside `undefined` and `null`. */
function isPlainType(node: ts.TypeNode, index: CarrierIndex): boolean {
  if (ts.isParenthesizedTypeNode(node)) return isPlainType(node.type, index);
  if (ts.isUnionTypeNode(node)) {
    return node.types.every((type) => isEmptyType(type) || isPlainType(type, index));
  }
  if (ts.isIndexedAccessTypeNode(node)) return namedMembers(node, index).length > 0;
  if (index.types.isQualifiedSource(node)) return true;
  if (!ts.isTypeReferenceNode(node)) return false;
  if (!ts.isIdentifier(node.typeName)) return index.types.isQualifiedSource(node.typeName);
  if (index.types.isSourceName(node.typeName)) return true;
  const [picked] = node.typeArguments ?? [];
  return node.typeName.text === 'Pick' && picked !== undefined && isPlainType(picked, index);
}

/** The carriers that a type is the type of: `Deps['runner']`. */
export function namedMembers(
  { objectType, indexType }: ts.IndexedAccessTypeNode,
  index: CarrierIndex,
): readonly Carrier[] {
  const key = ts.isLiteralTypeNode(indexType) && ts.isStringLiteral(indexType.literal) && indexType.literal;
  return key ? index.ofProperty(index.types.checker.getTypeAtLocation(objectType), key.text) : [];
}

function isEmptyType(node: ts.TypeNode): boolean {
  return (
    node.kind === ts.SyntaxKind.UndefinedKeyword ||
    (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword)
  );
}

function readsArguments(node: ts.Node): boolean {
  if (ts.isIdentifier(node) && node.text === 'arguments') return true;
  if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) return false;
  return ts.forEachChild(node, (child) => readsArguments(child) || undefined) === true;
}

function isGenerated(file: ts.SourceFile): boolean {
  return file.isDeclarationFile || /@generated\b/.test(file.text.slice(0, 2000));
}
