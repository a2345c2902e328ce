import type { ts } from 'ts-morph';

/** What a compiler that is told of it asks for, and does not without. */
const strictnesses = [
  ...['strict', 'strictNullChecks', 'strictFunctionTypes', 'strictBindCallApply', 'noImplicitAny'],
  ...['strictPropertyInitialization', 'noImplicitThis', 'useUnknownInCatchVariables', 'alwaysStrict'],
  ...['noUnusedLocals', 'noUnusedParameters', 'exactOptionalPropertyTypes', 'noImplicitOverride'],
  ...['noImplicitReturns', 'noUncheckedIndexedAccess', 'noPropertyAccessFromIndexSignature'],
  ...['isolatedModules', 'verbatimModuleSyntax', 'allowJs', 'checkJs', 'resolveJsonModule'],
  ...['experimentalDecorators', 'esModuleInterop', 'allowSyntheticDefaultImports'],
  ...['allowImportingTsExtensions', 'isolatedDeclarations', 'erasableSyntaxOnly'],
] as const;

/**
 * The options of one program over the files of several tsconfigs: those of the first one, as strict as the strictest.
 * What a laxer one lets pass is an error that was there before; what the strictest one would not let pass is seen.
 */
export function joinOptions(all: readonly ts.CompilerOptions[]): ts.CompilerOptions {
  const [first = {}, ...others] = all;
  if (others.length === 0) return first;
  const joined: ts.CompilerOptions = { ...first };
  for (const name of strictnesses) {
    if (all.some((one) => one[name] === true)) joined[name] = true;
  }
  const jsx = all.find((one) => one.jsx !== undefined)?.jsx;
  if (jsx !== undefined) joined.jsx = jsx;
  const newest = all.find(({ target }) => all.every((one) => (one.target ?? 0) <= (target ?? 0)))?.target;
  if (newest !== undefined) joined.target = newest;
  // Without a list there are all libraries of the target, and all types that are installed.
  delete joined.lib;
  delete joined.types;
  const lib = joinLists(all.map((one) => one.lib));
  const types = joinLists(all.map((one) => one.types));
  if (lib !== undefined) joined.lib = lib;
  if (types !== undefined) joined.types = types;
  return joined;
}

function joinLists(lists: readonly (string[] | undefined)[]): string[] | undefined {
  const given = lists.filter((list) => list !== undefined);
  return given.length < lists.length ? undefined : [...new Set(given.flat())];
}
