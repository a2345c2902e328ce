import { ts } from 'ts-morph';
import { isWriteTarget } from '../inline/is-reassigned.js';

/** Which constructor parameter a facet comes from, and by which of its members. */
export interface SlotOrigin {
  readonly parameter: number;
  readonly member: string | undefined;
}

/** A field that the constructor sets straight from what it is given, and nothing else sets. */
export interface FacetField {
  readonly name: string;
  readonly type: ts.TypeNode | undefined;
  readonly origin: SlotOrigin;
  /** Private to the class: nobody else names it. */
  readonly isHidden: boolean;
}

export interface FacetFields {
  readonly fields: readonly FacetField[];
  /** How many parameters the constructor takes. */
  readonly parameterCount: number;
}

/** The fields of a class and of its bases, by the parameters that whoever makes the class gives. */
export function readFacetFields(chain: readonly ts.ClassDeclaration[]): FacetFields {
  const [facade, ...bases] = chain;
  if (facade === undefined) return { fields: [], parameterCount: 0 };
  const constructor = facade.members.find(
    (member): member is ts.ConstructorDeclaration =>
      ts.isConstructorDeclaration(member) && member.body !== undefined,
  );
  if (constructor === undefined) return readFacetFields(bases);
  const parameters: readonly ts.ParameterDeclaration[] = constructor.parameters;
  const fields: FacetField[] = [];
  for (const [position, parameter] of parameters.entries()) {
    if (!ts.isParameterPropertyDeclaration(parameter, constructor) || !ts.isIdentifier(parameter.name))
      continue;
    const { name } = parameter;
    if (parameter.questionToken !== undefined) continue;
    if (isSetOnce(parameter, name.text, chain)) {
      fields.push({
        name: name.text,
        type: parameter.type,
        origin: { parameter: position, member: undefined },
        isHidden: isHidden(parameter),
      });
    }
  }
  for (const statement of constructor.body?.statements ?? []) {
    const given = superArguments(statement);
    if (given !== undefined) fields.push(...throughSuper(readFacetFields(bases).fields, given, parameters));
    const assigned = readFieldAssignment(statement, parameters);
    const field = assigned && declaredField(facade, assigned.name);
    if (assigned === undefined || field === undefined || !isSetOnce(field, assigned.name, chain)) continue;
    const type = field.type ?? parameters[assigned.origin.parameter]?.type;
    fields.push({ ...assigned, type, isHidden: isHidden(field) });
  }
  return { fields, parameterCount: parameters.length };
}

/** The fields of the base, by the parameters that the derived constructor hands on. */
function throughSuper(
  fields: readonly FacetField[],
  given: readonly ts.Expression[],
  parameters: readonly ts.ParameterDeclaration[],
): readonly FacetField[] {
  return fields.flatMap((field) => {
    const argument = given[field.origin.parameter];
    const origin = argument && originOf(argument, parameters);
    if (origin === undefined || (origin.member !== undefined && field.origin.member !== undefined)) return [];
    return [{ ...field, origin: { ...origin, member: origin.member ?? field.origin.member } }];
  });
}

function superArguments(statement: ts.Statement): readonly ts.Expression[] | undefined {
  const call = ts.isExpressionStatement(statement) ? statement.expression : undefined;
  return call && ts.isCallExpression(call) && call.expression.kind === ts.SyntaxKind.SuperKeyword
    ? call.arguments
    : undefined;
}

/** `this.x = x;` or `this.x = facets.x;`, where the right side comes from a parameter. */
function readFieldAssignment(
  statement: ts.Statement,
  parameters: readonly ts.ParameterDeclaration[],
): Pick<FacetField, 'name' | 'origin'> | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, operatorToken, right } = statement.expression;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left))
    return undefined;
  if (left.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const origin = originOf(right, parameters);
  return origin && { name: left.name.text, origin };
}

/** Which parameter an expression is, or which member of one. */
function originOf(
  node: ts.Expression,
  parameters: readonly ts.ParameterDeclaration[],
): SlotOrigin | undefined {
  const root = ts.isPropertyAccessExpression(node) ? node.expression : node;
  if (!ts.isIdentifier(root)) return undefined;
  const member = ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
  for (const [parameter, { name, questionToken }] of parameters.entries()) {
    if (ts.isIdentifier(name) && name.text === root.text) {
      return questionToken === undefined ? { parameter, member } : undefined;
    }
    if (!ts.isObjectBindingPattern(name) || member !== undefined) continue;
    const element = name.elements.find((one) => ts.isIdentifier(one.name) && one.name.text === root.text);
    const key = element?.propertyName ?? element?.name;
    if (key !== undefined && ts.isIdentifier(key) && element?.initializer === undefined) {
      return { parameter, member: key.text };
    }
  }
  return undefined;
}

function declaredField(facade: ts.ClassDeclaration, name: string): ts.PropertyDeclaration | undefined {
  return facade.members.find(
    (member): member is ts.PropertyDeclaration =>
      ts.isPropertyDeclaration(member) && member.name.getText() === name,
  );
}

/** Whether a field keeps what the constructor puts into it, and nobody outside can change that. */
function isSetOnce(
  field: ts.PropertyDeclaration | ts.ParameterDeclaration,
  name: string,
  chain: readonly ts.ClassDeclaration[],
): boolean {
  const isReadonly = field.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true;
  if (!isReadonly && !isHidden(field)) return false;
  const writesIn = (node: ts.Node): number => {
    let writes = 0;
    ts.forEachChild(node, (child) => void (writes += writesIn(child)));
    const isField =
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ThisKeyword &&
      node.name.text === name;
    return writes + (isField && isWriteTarget(node) ? 1 : 0);
  };
  const writes = chain.reduce((sum, declaration) => sum + writesIn(declaration), 0);
  return writes === (ts.isParameter(field) ? 0 : 1);
}

function isHidden(field: ts.PropertyDeclaration | ts.ParameterDeclaration): boolean {
  return (
    ts.isPrivateIdentifier(field.name) ||
    field.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) === true
  );
}
