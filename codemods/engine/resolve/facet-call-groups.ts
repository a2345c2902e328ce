import { ts } from 'ts-morph';
import type { MethodModel } from '../facade/facade-model.js';
import { partsOf, slotsIn, type Template } from '../facade/template.js';
import { isGroup } from '../inline/empty-groups.js';
import type { SourceTypes } from './source-types.js';

/** What one call says of the groups of optional members. */
export interface CallGroups {
  readonly empty: ReadonlySet<string>;
  /** It does not show which groups it has. */
  readonly isUnclear: boolean;
}

/** The calls of the facet's method that a method of the source stands for, in code that has moved already. */
export function facetCallGroups(
  { template }: MethodModel,
  files: Iterable<ts.SourceFile>,
  types: SourceTypes,
): readonly CallGroups[] {
  const [slot] = template === undefined ? [] : slotsIn(template);
  if (template?.kind !== 'call' || template.callee.kind !== 'member' || slot === undefined) return [];
  const { name } = template.callee;
  const declarations = types.facetMembers(slot)?.find((member) => member.name === name)?.declarations ?? [];
  const own = types.facade.facadeDeclaration.getSourceFile();
  const found: CallGroups[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name: called } = node.expression;
      const isMeant =
        called.text === name && types.declarationsOf(called).some((one) => declarations.includes(one));
      if (isMeant) found.push(groupsOf(node, template.arguments));
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) if (file !== own && file.text.includes(name)) visit(file);
  return found;
}

function groupsOf(call: ts.CallExpression, templates: readonly Template[]): CallGroups {
  const read = templates.map((template, position) => readValue(call.arguments[position], template));
  return {
    empty: new Set(read.flatMap(({ empty }) => [...empty])),
    isUnclear: read.some(({ isUnclear }) => isUnclear),
  };
}

function readValue(value: ts.Expression | undefined, template: Template): CallGroups {
  const nothing: CallGroups = { empty: new Set(), isUnclear: false };
  if (template.kind !== 'object')
    return { ...nothing, isUnclear: value === undefined ? false : partsOf(template).some(hasGroup) };
  if (value === undefined || !ts.isObjectLiteralExpression(value))
    return { ...nothing, isUnclear: hasGroup(template) };
  const properties = new Map<string, ts.Expression | undefined>();
  for (const property of value.properties) {
    if (ts.isSpreadAssignment(property)) return { ...nothing, isUnclear: hasGroup(template) };
    const initializer = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    properties.set(property.name.getText().replace(/^['"]|['"]$/g, ''), initializer);
  }
  const read = template.members.map((member): CallGroups => {
    if (member.kind !== 'property') return { ...nothing, isUnclear: hasGroup(member.operand) };
    if (properties.has(member.key))
      return isGroup(member.value) ? nothing : readValue(properties.get(member.key), member.value);
    return isGroup(member.value) ? { empty: new Set([member.key]), isUnclear: false } : nothing;
  });
  return {
    empty: new Set(read.flatMap(({ empty }) => [...empty])),
    isUnclear: read.some(({ isUnclear }) => isUnclear),
  };
}

function hasGroup(template: Template): boolean {
  return isGroup(template) || partsOf(template).some(hasGroup);
}
