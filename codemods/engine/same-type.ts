import type { ts } from 'ts-morph';
import type { Checker } from './checker.js';

/** Whether each of two types can stand where the other is wanted. */
export function isSameType(checker: Checker, left: ts.Type, right: ts.Type): boolean {
  return checker.isTypeAssignableTo(left, right) && checker.isTypeAssignableTo(right, left);
}
