import type { ReasonPage } from './reason-page.js';

/** Reasons why one call cannot be inlined with its meaning intact. */
export const calls = {
  'evaluation-order': {
    why: 'The facade uses its parameters in another order than it takes them. At this call two arguments have an effect, or one reads what the other changes, so putting them into the new order would be visible. Where the call is a statement of its own the tool writes constants for them; here there is no place for constants.',
    byHand: 'Evaluate the arguments before the call, in the order in which they stand.',
    fixture: 'binding-in-if-without-braces',
    fix: {
      'src/jobs.ts': [
        [
          `  if (wanted) await archive.move(mark('from', 'a'), mark('to', 'b'));\n`,
          `  if (!wanted) return;\n  const from = mark('from', 'a');\n  const to = mark('to', 'b');\n  await archive.move(from, to);\n`,
        ],
      ],
    },
  },
  'dropped-effect': {
    why: 'The facade does not pass this argument on, so it would disappear. Evaluating it has an effect, or may have one, and that would disappear with it.',
    byHand: 'Make the effect a statement of its own, and hand over something that has none.',
    fixture: 'dropped-call',
    fix: {
      'src/jobs.ts': [
        [
          `export const refresh = (archive: Archive, key: string): Promise<string> => archive.touch(key, mark('why', 'because'));`,
          `export const refresh = (archive: Archive, key: string): Promise<string> => {\n  mark('why', 'because');\n  return archive.touch(key, 'because');\n};`,
        ],
      ],
    },
  },
  'repeated-argument': {
    why: 'The facade uses the parameter twice. The argument must be evaluated once, and here is no place for a constant that would hold it.',
    byHand: 'Put the argument into a constant before the call.',
    fixture: 'repeated-call-in-condition',
    fix: {
      'src/jobs.ts': [
        [
          `  return wanted ? archive.mirror(mark('key', 'a'), 2) : undefined;`,
          `  if (!wanted) return undefined;\n  const key = mark('key', 'a');\n  return archive.mirror(key, 2);`,
        ],
      ],
    },
  },
  'conditional-argument': {
    why: 'The facade evaluates the parameter only sometimes, behind `||`, `??` or a condition. Called through the facade, the argument is always evaluated, and its effect always happens.',
    byHand: 'Put the argument into a constant before the call.',
    fixture: 'conditional-use-effect',
    fix: {
      'src/jobs.ts': [
        [
          `export const look = (archive: Archive, key: string): Promise<string> => archive.choose(key, mark('fallback', 'b'));`,
          `export const look = (archive: Archive, key: string): Promise<string> => {\n  const fallback = mark('fallback', 'b');\n  return archive.choose(key, fallback);\n};`,
        ],
      ],
    },
  },
  'binding-loses-type': {
    why: "The argument has to be put into a constant to keep the order of evaluation. There its type would be another one: a literal such as `{ mode: 'a' }` widens to `{ mode: string }` where nothing tells it what it is for, and the type cannot be written there.",
    byHand: 'Declare the constant with its type, before the call, and hand it over.',
    fixture: 'binding-loses-type',
  },
  'default-applies-at-run-time': {
    why: 'The facade gives the parameter a default. Whether the argument is `undefined`, and the default applies, is only known at run time; `??` would say something else, since a default does not apply to `null`.',
    byHand:
      'Say what is meant: give the value a type that excludes `undefined` or `null`, or resolve the default before the call.',
    fixture: 'default-any-argument',
    fix: {
      'src/jobs.ts': [
        [
          `  return archive.purge('a', JSON.parse(settings));`,
          `  const limit: number = JSON.parse(settings);\n  return archive.purge('a', limit);`,
        ],
      ],
    },
  },
  'spread-argument': {
    why: 'The arguments are spread from a list. Which of them is which parameter is only known at run time, and taking the list apart could run an iterator twice.',
    byHand:
      'Write the arguments out, one by one. If the method takes any number of them, call the facet itself.',
    fixture: 'spread-into-rest',
    fix: { 'src/jobs.ts': [[`archive.flag(...labels)`, `archive.flag(labels[0] ?? '', labels[1] ?? '')`]] },
  },
  'argument-count': {
    why: 'The call has more arguments than the method has parameters. The facade ignores them, and yet they are evaluated.',
    byHand: 'Remove the superfluous arguments.',
    fixture: 'argument-count',
    fix: {
      'src/jobs.ts': [
        [
          `  // @ts-expect-error one argument too many\n  return archive.move('a', 'b', 'c');`,
          `  return archive.move('a', 'b');`,
        ],
      ],
    },
  },
  'result-type-differs': {
    why: "The facet's method returns another type than the facade's, and the code around the call takes its type from the result. It could stop to compile, or quietly mean something else.",
    byHand: 'Write the type down where the result is kept. Then it holds whatever the call returns.',
    fixture: 'let-inferred-from-result',
    fix: { 'src/jobs.ts': [[`  let weight = box`, `  let weight: number | undefined = box`]] },
  },
  'argument-loses-type': {
    why: "A function among the arguments gets the types of its parameters from the method that it is handed to. The facet's method would give them other types, or none.",
    byHand: 'Write the types of its parameters.',
  },
  'type-arguments': {
    why: "The call names type arguments, and they cannot be said in terms of the facet's method.",
    byHand:
      'Leave them out where they are inferred, or write the type at the place that receives the result.',
  },
  'comment-cannot-move': {
    why: 'A comment stands among the arguments, and in the new call there is no place that it would belong to. Comments are never lost.',
    byHand: 'Move the comment before the statement.',
    fixture: 'comment-without-a-place',
    fix: {
      'src/jobs.ts': [
        [
          `  return archive.choose(/* may be empty */ key, 'b');`,
          `  // key may be empty\n  return archive.choose(key, 'b');`,
        ],
      ],
    },
  },
  'async-facade-at-unawaited-call': {
    why: "The facade's method is `async`: whatever goes wrong in it becomes a rejected promise. The facet's method may throw at once, and here nothing awaits the call, so that a `.catch` would not see it.",
    byHand:
      "Await the call where it is made; or, better for everybody, let the facade's method return the facet's promise without being `async`.",
    fixture: 'async-facade-catch-chain',
    fix: {
      'src/jobs.ts': [
        [`export function look(`, `export async function look(`],
        [
          `  return archive.load('throw').catch((error: Error) => error.message);`,
          `  try {\n    const found = await archive.load('throw');\n    return found;\n  } catch (error) {\n    return (error as Error).message;\n  }`,
        ],
      ],
    },
  },
  'optional-call-of-helper': {
    why: 'The call is made only when the value is there (`?.`). Its replacement is a function that takes several facets, and a function cannot be called "only if one of its arguments is there".',
    byHand: 'Check for presence first, and call without `?.` behind it.',
    fixture: 'optional-call-of-helper',
    fix: {
      'src/jobs.ts': [
        [
          `start(runner?: Runner): Promise<string | undefined> {\n  return await runner?.startTask(`,
          `start(runner: Runner): Promise<string | undefined> {\n  return await runner.startTask(`,
        ],
      ],
      'src/main.ts': [[`[await start(), await start(`, `[undefined, await start(`]],
    },
  },
  'optional-method-call': {
    why: 'The method itself may be absent (`runner.method?.()`). The facet has its method always, so the question whether it is there would be lost.',
    byHand: 'Call it without `?.`: an interface that has the method has it always.',
    fixture: 'optional-method-call',
    fix: { 'src/jobs.ts': [[`archive.find?.('a')`, `archive.find('a')`]] },
  },
  'receiver-not-a-path': {
    why: 'The value whose method is called is computed on the spot. It may answer differently each time, and it cannot be renamed.',
    byHand: 'Put it into a constant, and call the method on that.',
    fixture: 'container-get-by-type-argument',
    fix: {
      'src/jobs.ts': [
        [
          `  await container.get<Runner>('runner').killTask(ctx, '1');`,
          `  const runner = container.get<Runner>('runner');\n  await runner.killTask(ctx, '1');`,
        ],
      ],
    },
  },
  'receiver-is-accessor': {
    why: 'The value whose method is called comes out of a getter. Several facets would be read from it one after the other, and a getter may answer differently each time.',
    byHand: 'Read it into a constant, and use that.',
    fixture: 'receiver-is-accessor',
  },
  'carrier-reassigned': {
    why: 'The facet is read a moment later than the runner was: after arguments whose evaluation may replace the runner.',
    byHand: 'Read the value into a constant before the call.',
    fixture: 'receiver-replaced-by-an-argument',
    fix: {
      'src/jobs.ts': [
        [
          `  await holder.archive.move(holder.swap(other), mark('to', 'b'));`,
          `  const { archive: first } = holder;\n  await first.move(holder.swap(other), mark('to', 'b'));`,
        ],
      ],
    },
  },
  'no-facade-method': {
    why: 'The interface has this member, and the facade nothing for it: a declaration elsewhere has added it, or it is a property that the facade does not read from a facet.',
    byHand:
      'Give the facade the method, with a body that calls a facet. For a property, let a facet have it and give the facade a getter that returns it: `get size() { return this.reader.size; }`.',
    fixture: 'property-without-a-getter',
  },
  'refused-method': {
    why: "The body of the facade's method cannot stand in the place of a call: it is more than one expression, or it uses what only the facade has. `npx refacet check` says which and why.",
    byHand:
      'Move the statements of the body into an exported function that takes the facets, and let the method return a call of it. Where the method cannot be changed, write its calls in terms of the facets.',
    fixture: 'refused-method',
    fix: {
      'src/jobs.ts': [
        [
          `  await archive.rename('a', 'b');`,
          `  await archive.copy('a', 'b');\n  await archive.purge('a', 1);`,
        ],
      ],
    },
  },
  'import-cycle': {
    why: "The call becomes a call of an imported function, and that function's module imports this one. The import would close a circle, in which a module can run before what it needs.",
    byHand: 'Move what the helper needs of this file into a file of its own.',
    fixture: 'value-import-cycle',
    fix: {
      'src/start-task.ts': [
        [`import { settings } from './jobs.js';\n`, ''],
        [`const standard = settings.image;`, `const standard = 'alpine';`],
      ],
    },
  },
  'facet-not-importable': {
    why: 'The type of the facet, or the helper function, cannot be imported from this file: the package does not export it, or its `exports` keep it in.',
    byHand: 'Export it from the package, under a name that callers may use.',
  },
} as const satisfies Readonly<Record<string, ReasonPage>>;
