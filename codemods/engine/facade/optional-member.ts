import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/**
 * Whether the place that an object literal goes to declares a property as `?: T | undefined`. That type is the licence
 * to leave the property out instead of giving it `undefined`.
 */
export function isOptionalMember(
  checker: Checker,
  literal: ts.ObjectLiteralExpression,
  key: string,
): boolean {
  const target = checker.getContextualType(literal);
  const property = target && checker.getNonNullableType(target).getProperty(key);
  if (target === undefined || property === undefined) return false;
  if ((property.flags & ts.SymbolFlags.Optional) === 0) return false;
  const type = checker.getTypeOfSymbolAtLocation(property, literal);
  return type.isUnion() && type.types.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0);
}
