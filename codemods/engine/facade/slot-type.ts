import type { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { SlotOrigin } from './facet-fields.js';

/** The type of a facet as the constructor of the facade takes it; declarations without bodies say it as well. */
export function slotTypeOf(
  checker: Checker,
  facade: ts.ClassDeclaration,
  { parameter, member }: SlotOrigin,
): ts.Type | undefined {
  const symbol = checker.getTypeAtLocation(facade).symbol;
  const [signature] = checker.getTypeOfSymbolAtLocation(symbol, facade).getConstructSignatures();
  const declared = signature?.getParameters()[parameter];
  const given = declared && checker.getTypeOfSymbolAtLocation(declared, facade);
  if (member === undefined) return given;
  const property = given?.getProperty(member);
  return property && checker.getTypeOfSymbolAtLocation(property, facade);
}
