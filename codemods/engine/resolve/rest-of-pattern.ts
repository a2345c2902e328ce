import { ts } from 'ts-morph';
import { scopeOf } from '../names.js';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier } from './carrier.js';

/**
 * `const { runner, ...rest } = deps`: where the rest is used as a whole, the pattern has to pick every facet, as each one
 * that it left would be in the rest. What it picks then gets the decision of the member that it is picked from.
 */
export function beforeRest(
  pattern: ts.ObjectBindingPattern,
  index: CarrierIndex,
): readonly (readonly [Carrier, Carrier])[] {
  const rest = pattern.elements.find(({ dotDotDotToken }) => dotDotDotToken !== undefined);
  if (rest === undefined || !ts.isIdentifier(rest.name)) return [];
  const { checker } = index.types;
  const picked = pattern.elements.flatMap((element) => {
    const carrier = index.byDeclaration(element);
    const key = element.propertyName ?? element.name;
    if (carrier === undefined || !ts.isIdentifier(key)) return [];
    const members = index.ofProperty(checker.getTypeAtLocation(pattern), key.text);
    return members.map((member): readonly [Carrier, Carrier] => [carrier, member]);
  });
  return picked.length > 0 && isUsedAsWhole(rest.name, rest, index) ? picked : [];
}

/** Whether a variable is used for anything else than one of its members. */
function isUsedAsWhole(
  name: ts.Identifier,
  declaration: ts.BindingElement,
  { types }: CarrierIndex,
): boolean {
  const symbol = types.checker.getSymbolAtLocation(name);
  const isWhole = (node: ts.Node): boolean => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name)
      return ts.forEachChild(node, (child) => isWhole(child) || undefined) === true;
    const { parent } = node;
    if (ts.isShorthandPropertyAssignment(parent))
      return types.checker.getShorthandAssignmentValueSymbol(parent) === symbol;
    if (types.checker.getSymbolAtLocation(node) !== symbol) return false;
    return !ts.isPropertyAccessExpression(parent) || parent.expression !== node;
  };
  return isWhole(scopeOf(declaration));
}
