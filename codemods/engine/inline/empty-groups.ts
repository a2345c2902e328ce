import type { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import { partsOf, type Template } from '../facade/template.js';

/** The groups of optional members that a call is made with, by their keys. */
export interface ArgumentGroups {
  /** Nothing is in them, so that they are left out. */
  readonly empty: readonly string[];
  readonly filled: readonly string[];
}

/** An object all of whose members may be left out: empty, it says what its absence says. */
export function isGroup(template: Template): boolean {
  return (
    template.kind === 'object' &&
    template.members.length > 0 &&
    template.members.every((member) => member.kind === 'property' && member.isOptional)
  );
}

/** The keys of the groups in a method's template. */
export function groupsIn(template: Template): readonly string[] {
  const own =
    template.kind === 'object'
      ? template.members.flatMap((member) =>
          member.kind === 'property' && member.isOptional && isGroup(member.value) ? [member.key] : [],
        )
      : [];
  return [...own, ...partsOf(template).flatMap(groupsIn)];
}

/** Tells the groups of a template that are left out of a call from those that are written. */
export function argumentGroups(template: Template, folded: Template): ArgumentGroups {
  const written = new Set(keysIn(folded));
  const groups = groupsIn(template);
  return {
    empty: groups.filter((group) => !written.has(group)),
    filled: groups.filter((group) => written.has(group)),
  };
}

/** Whether all that an expectation has in a group may be `undefined` when the test runs. */
export function isUncertain(
  group: string,
  { call, template }: { readonly call: ts.CallExpression; readonly template: Template },
  checker: Checker,
): boolean {
  return parametersUnder(group, template, false).every((index) => {
    const argument = call.arguments[index];
    return argument === undefined || mayBeUndefined(argument, checker);
  });
}

function mayBeUndefined(argument: ts.Expression, checker: Checker): boolean {
  const type = checker.getTypeAtLocation(argument);
  // Of `any`, `expect.anything()` for example, nothing is known.
  return checker.getNonNullableType(type) !== type || checker.typeToString(type) === 'any';
}

function keysIn(template: Template): readonly string[] {
  const own =
    template.kind === 'object'
      ? template.members.flatMap((member) => (member.kind === 'property' ? [member.key] : []))
      : [];
  return [...own, ...partsOf(template).flatMap(keysIn)];
}

function parametersUnder(group: string, template: Template, isInside: boolean): readonly number[] {
  if (template.kind === 'parameter') return isInside ? [template.index] : [];
  if (template.kind !== 'object')
    return partsOf(template).flatMap((part) => parametersUnder(group, part, isInside));
  return template.members.flatMap((member) =>
    member.kind === 'property'
      ? parametersUnder(group, member.value, isInside || member.key === group)
      : parametersUnder(group, member.operand, isInside),
  );
}
