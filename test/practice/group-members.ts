/** Verbs of members that only look. */
const looking =
  /^(get|has|is|find|load|list|read|select|fetch|stream|query|count|exists?|contains|stat|info|debug|trace)/;
/** Verbs of members that change something. */
const changing =
  /^(create|add|change|update|insert|delete|remove|drop|rename|set|clear|write|append|save|put|merge|truncate|error|warn)/;

/** Puts members into up to three groups by the verbs of their names. */
export function groupMembers(members: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>([
    ['look', members.filter((one) => looking.test(one))],
    ['change', members.filter((one) => !looking.test(one) && changing.test(one))],
    ['act', members.filter((one) => !looking.test(one) && !changing.test(one))],
  ]);
  return new Map([...groups].filter(([, names]) => names.length > 0));
}
