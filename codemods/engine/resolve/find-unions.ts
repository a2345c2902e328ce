import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, Obstacle } from './carrier.js';
import { baseTypes, inheritedFrom } from './inherited-members.js';
import { isData, isHandedOut } from './handed-out.js';
import { namesAsData } from './names-as-data.js';
import { isOutOfReach } from './out-of-reach.js';
import { beforeRest } from './rest-of-pattern.js';
import { withoutWrappers } from './transparent.js';

/** Carriers that must get the same decision, and carriers that a type which we cannot change ties to the old shape. */
export interface Unions {
  readonly unions: readonly (readonly [Carrier, Carrier])[];
  readonly obstacles: readonly Obstacle[];
}

/** Finds declarations that describe the same thing: members along a hierarchy, and properties of types that meet. */
export function findUnions(files: readonly ts.SourceFile[], index: CarrierIndex): Unions {
  const { checker } = index.types;
  const unions: (readonly [Carrier, Carrier])[] = [];
  const obstacles: Obstacle[] = [];
  const propertyNames = new Set(
    index.carriers.flatMap(({ declaration, name }) => [
      ...(ts.isIndexedAccessTypeNode(declaration) ||
      ts.isVariableDeclaration(declaration) ||
      ts.isBindingElement(declaration)
        ? []
        : [name]),
      ...methodNames(declaration),
    ]),
  );

  for (const carrier of index.carriers) inherit(carrier);
  const visit = (node: ts.Node): void => {
    if (isInFlowPosition(node)) meet(node);
    if (ts.isSpreadAssignment(node) || ts.isJsxSpreadAttribute(node)) meetSpread(node);
    if (ts.isObjectBindingPattern(node)) unions.push(...beforeRest(node, index));
    for (const carrier of namesAsData(node, propertyNames, index)) obstruct(carrier, node);
    if (ts.isClassElement(node)) override(node);
    ts.forEachChild(node, visit);
  };
  files.flatMap((file) => index.types.codeOf(file)).forEach(visit);
  return { unions, obstacles };

  /** The same member or parameter in the types that a class or an interface builds on. */
  function inherit(carrier: Carrier): void {
    const { declaration } = carrier;
    const isParameter = ts.isParameter(declaration);
    const member = isParameter ? declaration.parent : declaration;
    const holder = isParameter && ts.isConstructorDeclaration(member) ? undefined : member.parent;
    if (holder !== undefined && (ts.isClassLike(holder) || ts.isInterfaceDeclaration(holder))) {
      const memberName = (member as ts.ClassElement).name?.getText();
      if (memberName !== undefined) {
        for (const inherited of inheritedFrom(holder, memberName, checker)) {
          const same = isParameter ? parameterLike(inherited, declaration) : inherited;
          // Who calls the inherited method passes nothing at a place that it does not have.
          if (same === undefined || same === declaration) continue;
          const other = index.byDeclaration(same) ?? index.returnOf(same);
          if (other !== undefined) unions.push([carrier, other]);
          else obstruct(carrier, carrier.nameNode);
        }
      }
    }
    if (isParameter) overload(carrier, declaration);
    // A parameter property is also a member of its class.
    if (isParameter && ts.isParameterPropertyDeclaration(declaration, declaration.parent)) {
      const classLike = declaration.parent.parent;
      if (ts.isClassLike(classLike)) {
        for (const base of baseTypes(classLike, checker)) {
          for (const other of index.ofProperty(base, carrier.name)) unions.push([carrier, other]);
        }
      }
    }
  }

  /** The same parameter of the other signatures of an overloaded function. */
  function overload(carrier: Carrier, parameter: ts.ParameterDeclaration): void {
    const position = parameter.parent.parameters.indexOf(parameter);
    const symbolOf = ({ name }: ts.SignatureDeclaration): ts.Symbol | undefined =>
      name && checker.getSymbolAtLocation(name);
    for (const signature of signaturesBeside(parameter.parent)) {
      // A static method and one of an instance share no more than the name.
      if (symbolOf(signature) !== symbolOf(parameter.parent)) continue;
      const same = signature.parameters[position];
      const other = same && index.byDeclaration(same);
      if (other !== undefined) unions.push([carrier, other]);
      else obstruct(carrier, carrier.nameNode);
    }
  }

  function parameterLike(member: ts.Declaration, parameter: ts.ParameterDeclaration): ts.Node | undefined {
    const position = parameter.parent.parameters.indexOf(parameter);
    if (ts.isMethodDeclaration(member) || ts.isMethodSignature(member)) return member.parameters[position];
    return member;
  }

  /** A value whose type has a carrier meets the type that it goes to. */
  function meet(node: ts.Expression): void {
    if (ts.isObjectLiteralExpression(node) || ts.isFunctionLike(node)) return;
    const type = checker.getTypeAtLocation(node);
    if (isUntyped(type)) meetUntyped(node);
    if ((type.flags & withMembers) === 0) return;
    const target = checker.getContextualType(node);
    if (target === undefined || target === type) return;
    for (const name of propertyNames) meetProperty(type, target, name, node);
  }

  /** A value of which nothing is known is taken for a type with carriers: its members keep their names. */
  function meetUntyped(node: ts.Expression): void {
    if (ts.isObjectLiteralExpression(withoutWrappers(node))) return;
    const target = checker.getContextualType(node);
    if (target === undefined) return;
    for (const name of propertyNames) {
      for (const { role, carrier } of partsOf(checker.getNonNullableType(target).getProperty(name))) {
        if (role === 'value' && isData(carrier)) obstruct(carrier, node);
      }
    }
  }

  function meetSpread(node: ts.SpreadAssignment | ts.JsxSpreadAttribute): void {
    const type = checker.getTypeAtLocation(node.expression);
    const target = checker.getContextualType(node.parent);
    if (target === undefined) return;
    for (const name of propertyNames) meetProperty(type, target, name, node);
  }

  function meetProperty(type: ts.Type, target: ts.Type, name: string, node: ts.Node): void {
    if (!propertyNames.has(name)) return;
    const own = partsOf(checker.getNonNullableType(type).getProperty(name));
    if (own.length === 0) return;
    const bareTarget = checker.getNonNullableType(target);
    const property = bareTarget.getProperty(name);
    const others = partsOf(property);
    const isOpen = takesAnyMember(bareTarget);
    for (const { role, carrier } of own) {
      const same = others.filter((other) => other.role === role);
      if (isOpen && role === 'value' && isOutOfReach(carrier, node, checker)) continue;
      const isLost = property === undefined && role === 'value' && isHandedOut(carrier, node, index);
      if (isOpen || isLost || (property !== undefined && same.length === 0)) obstruct(carrier, node);
      for (const other of same) if (other.carrier !== carrier) unions.push([carrier, other.carrier]);
    }
    for (const { role, carrier } of others) {
      if (!own.some((one) => one.role === role)) obstruct(carrier, node);
    }
  }

  /** The carriers that a member consists of: itself, what it gives, and its parameters. */
  function partsOf(
    symbol: ts.Symbol | undefined,
  ): readonly { readonly role: string; readonly carrier: Carrier }[] {
    const part = (
      role: string,
      carrier: Carrier | undefined,
    ): readonly { role: string; carrier: Carrier }[] => (carrier === undefined ? [] : [{ role, carrier }]);
    return (symbol?.declarations ?? []).flatMap((declaration) => [
      ...part('value', index.byDeclaration(declaration)),
      ...part('return', index.returnOf(declaration)),
      ...(ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration)
        ? declaration.parameters.flatMap((parameter, position) =>
            part(`parameter ${position}`, index.byDeclaration(parameter)),
          )
        : []),
    ]);
  }

  /** A member that is of another kind, or of another type, than the carrier that it stands in for. */
  function override(member: ts.ClassElement): void {
    const name = member.name?.getText();
    if (name === undefined || !propertyNames.has(name) || !ts.isClassLike(member.parent)) return;
    if (index.byDeclaration(member) !== undefined || index.returnOf(member) !== undefined) return;
    for (const base of baseTypes(member.parent, checker)) {
      for (const inherited of base.getProperty(name)?.declarations ?? []) {
        const carrier = index.byDeclaration(inherited) ?? index.returnOf(inherited);
        if (carrier !== undefined && inherited !== member) obstruct(carrier, member);
      }
    }
  }

  function obstruct(carrier: Carrier, node: ts.Node): void {
    obstacles.push({ carrier, node, cause: { reason: 'flows-to-unknown-type' } });
  }
}

/** Types that may have members; that of `this` is a type parameter. */
const withMembers =
  ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.Union | ts.TypeFlags.TypeParameter;

function isUntyped({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}

/** Whether what has a type is read by names that nobody declared: `Object.keys(deps)`, `JSON.stringify(deps)`. */
function takesAnyMember(type: ts.Type): boolean {
  const isAnyObject = (type.flags & ts.TypeFlags.NonPrimitive) !== 0;
  if (isUntyped(type) || isAnyObject || type.getStringIndexType() !== undefined) return true;
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0;
  return (
    isObject &&
    type.getProperties().length === 0 &&
    type.getCallSignatures().length === 0 &&
    type.getConstructSignatures().length === 0
  );
}

/** The name of the method that a carrier is a part of. */
function methodNames(declaration: ts.Node): readonly string[] {
  const method = ts.isParameter(declaration) ? declaration.parent : declaration;
  const isMethod = ts.isMethodDeclaration(method) || ts.isMethodSignature(method);
  return isMethod ? [method.name.getText()] : [];
}

/** The other declarations of an overloaded function, method or constructor, its implementation included. */
function signaturesBeside(owner: ts.SignatureDeclaration): readonly ts.SignatureDeclaration[] {
  const holder = owner.parent as ts.Node | undefined;
  const siblings: readonly ts.Node[] =
    holder === undefined
      ? []
      : ts.isClassLike(holder) || ts.isInterfaceDeclaration(holder)
        ? holder.members
        : ts.isSourceFile(holder) || ts.isBlock(holder) || ts.isModuleBlock(holder)
          ? holder.statements
          : [];
  return siblings.filter(
    (one): one is ts.SignatureDeclaration =>
      one !== owner &&
      one.kind === owner.kind &&
      ts.isFunctionLike(one) &&
      one.name?.getText() === owner.name?.getText(),
  );
}

function isInFlowPosition(node: ts.Node): node is ts.Expression {
  const { parent } = node as { readonly parent?: ts.Node };
  if (parent === undefined) return false;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return parent.expression !== node && !ts.isTypeNode(node);
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
  if (
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertyAssignment(parent)
  ) {
    // A pattern picks by name what it needs; its own type says nothing about the rest.
    return parent.initializer === node && !ts.isObjectBindingPattern(parent.name);
  }
  if (ts.isParameter(parent)) return parent.initializer === node;
  if (ts.isReturnStatement(parent) || ts.isArrayLiteralExpression(parent)) return !ts.isSpreadElement(node);
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isArrowFunction(parent)) return parent.body === node && !ts.isBlock(node);
  if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) return parent.expression === node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.right === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}
