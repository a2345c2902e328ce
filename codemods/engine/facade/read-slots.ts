import { ts } from 'ts-morph';

/** A facet that the facade holds: the field, and the type it is declared with. */
export interface SlotDeclaration {
  readonly name: string;
  readonly type: ts.TypeReferenceNode;
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
  for (const parameter of constructor.parameters) {
    if (!ts.isParameterPropertyDeclaration(parameter, constructor) || !isReadonly(parameter)) continue;
    if (ts.isIdentifier(parameter.name)) addSlot(slots, parameter.name.text, parameter.type);
  }
  for (const statement of constructor.body?.statements ?? []) {
    const assigned = readFieldAssignment(statement, constructor);
    if (assigned === undefined) continue;
    const field = facade.members.find(
      (member): member is ts.PropertyDeclaration =>
        ts.isPropertyDeclaration(member) && member.name.getText() === assigned && isReadonly(member),
    );
    if (field !== undefined) addSlot(slots, assigned, field.type);
  }
  return slots;
}

function addSlot(slots: SlotDeclaration[], name: string, type: ts.TypeNode | undefined): void {
  if (type === undefined || !ts.isTypeReferenceNode(type) || type.typeArguments !== undefined) return;
  slots.push({ name, type });
}

/** `this.x = x;` or `this.x = facets.x;`, where the right side comes from a parameter: the name of the field. */
function readFieldAssignment(
  statement: ts.Statement,
  constructor: ts.ConstructorDeclaration,
): string | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, operatorToken, right } = statement.expression;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) return undefined;
  if (left.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const root = ts.isPropertyAccessExpression(right) ? right.expression : right;
  if (!ts.isIdentifier(root)) return undefined;
  const names = constructor.parameters.flatMap(({ name }) => namesIn(name));
  return names.includes(root.text) ? left.name.text : undefined;
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}

function isReadonly(node: ts.HasModifiers): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true;
}
