import { ts } from 'ts-morph';

/** A facet that the facade holds: the field, and the type it is declared with. */
export interface SlotDeclaration {
  readonly name: string;
  readonly type: ts.TypeReferenceNode;
  readonly origin: SlotOrigin;
}

/** Which constructor parameter a facet comes from, and by which of its members. */
export interface SlotOrigin {
  readonly parameter: number;
  readonly member: string | undefined;
}

/**
 * The readonly fields that the constructor sets straight from a parameter or from a member of one, and nothing else
 * sets: in the order of the constructor. Others are the facade's own state.
 */
export function readSlots(facade: ts.ClassDeclaration): readonly SlotDeclaration[] {
  const constructor = facade.members.find(
    (member): member is ts.ConstructorDeclaration =>
      ts.isConstructorDeclaration(member) && member.body !== undefined,
  );
  if (constructor === undefined) return [];

  const slots: SlotDeclaration[] = [];
  constructor.parameters.forEach((parameter, position) => {
    if (!ts.isParameterPropertyDeclaration(parameter, constructor) || !isReadonly(parameter)) return;
    if (!ts.isIdentifier(parameter.name)) return;
    addSlot(slots, parameter.name.text, parameter.type, { parameter: position, member: undefined });
  });
  for (const statement of constructor.body?.statements ?? []) {
    const assigned = readFieldAssignment(statement, constructor);
    if (assigned === undefined) continue;
    const field = facade.members.find(
      (member): member is ts.PropertyDeclaration =>
        ts.isPropertyDeclaration(member) && member.name.getText() === assigned.field && isReadonly(member),
    );
    if (field !== undefined) addSlot(slots, assigned.field, field.type, assigned.origin);
  }
  return slots;
}

function addSlot(
  slots: SlotDeclaration[],
  name: string,
  type: ts.TypeNode | undefined,
  origin: SlotOrigin,
): void {
  if (type === undefined || !ts.isTypeReferenceNode(type) || type.typeArguments !== undefined) return;
  slots.push({ name, type, origin });
}

/** `this.x = x;` or `this.x = facets.x;`, where the right side comes from a parameter. */
function readFieldAssignment(
  statement: ts.Statement,
  constructor: ts.ConstructorDeclaration,
): { readonly field: string; readonly origin: SlotOrigin } | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, operatorToken, right } = statement.expression;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left))
    return undefined;
  if (left.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const root = ts.isPropertyAccessExpression(right) ? right.expression : right;
  if (!ts.isIdentifier(root)) return undefined;
  const member = ts.isPropertyAccessExpression(right) ? right.name.text : undefined;
  for (const [parameter, { name }] of constructor.parameters.entries()) {
    if (ts.isIdentifier(name) && name.text === root.text) {
      return { field: left.name.text, origin: { parameter, member } };
    }
    if (!ts.isObjectBindingPattern(name) || member !== undefined) continue;
    const element = name.elements.find((one) => ts.isIdentifier(one.name) && one.name.text === root.text);
    const key = element?.propertyName ?? element?.name;
    if (key !== undefined && ts.isIdentifier(key)) {
      return { field: left.name.text, origin: { parameter, member: key.text } };
    }
  }
  return undefined;
}

function isReadonly(node: ts.HasModifiers): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true;
}
