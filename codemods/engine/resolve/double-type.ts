import { ts } from 'ts-morph';
import type { SourceTypes } from './source-types.js';

/** Types of test frameworks that stand for a type with mocks for methods, and some of the members of a type. */
const mockTypes: ReadonlySet<string> = new Set([
  'Mocked',
  'MockedObject',
  'MockedObjectDeep',
  'DeepMocked',
  'SinonStubbedInstance',
]);
const partialTypes: ReadonlySet<string> = new Set(['Partial']);

/** Whether a type is the source, a mock of it, or some of either: `Mocked<Runner>`, `Partial<jest.Mocked<Runner>>`. */
export function isSourceDoubleType(node: ts.TypeNode, types: SourceTypes): boolean {
  if (ts.isParenthesizedTypeNode(node)) return isSourceDoubleType(node.type, types);
  if (!ts.isTypeReferenceNode(node)) return false;
  const [inner, ...others] = node.typeArguments ?? [];
  if (inner === undefined) return ts.isIdentifier(node.typeName) && types.isSourceName(node.typeName);
  const name = nameOf(node);
  return (
    others.length === 0 && (mockTypes.has(name) || partialTypes.has(name)) && isSourceDoubleType(inner, types)
  );
}

/** Whether such a type promises all members. */
export function isWholeType(node: ts.TypeNode): boolean {
  if (ts.isParenthesizedTypeNode(node)) return isWholeType(node.type);
  if (!ts.isTypeReferenceNode(node)) return true;
  const [inner] = node.typeArguments ?? [];
  return !partialTypes.has(nameOf(node)) && (inner === undefined || isWholeType(inner));
}

/** The last part of `jest.Mocked`. */
function nameOf({ typeName }: ts.TypeReferenceNode): string {
  return ts.isIdentifier(typeName) ? typeName.text : typeName.right.text;
}
