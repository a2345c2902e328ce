// A list of texts, longer than a file of code may be.
import type { ReasonPage } from './reason-page.js';

/** Reasons why something that holds a value keeps its type. */
export const carriers = {
  'flows-to-unknown-type': {
    why: 'The value is handed to something of another type: `any`, `unknown`, a type parameter, a call that takes anything. What happens to it there cannot be seen.',
    byHand: 'Give the place that it goes to the type of a facet, or of the old interface.',
    fixture: 'receiver-is-any',
    fix: {
      'src/jobs.ts': [
        [
          `// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport async function stop(anything: any): Promise<void> {\n  await anything.`,
          `export async function stop(runner: Runner): Promise<void> {\n  await runner.`,
        ],
      ],
    },
  },
  'returns-source': {
    why: 'The value is returned, and whoever asks gets all of it. A return value is narrowed where one facet serves every caller; several facets would have to be returned as a bundle, and a bundle is what the split is against.',
    byHand: 'Do without the function, or let it return the one facet that its callers need.',
    fixture: 'returns-runner-several',
    fix: {
      'src/jobs.ts': [
        [`function pick(runner: Runner): Runner {\n  return runner;\n}\n\n`, ''],
        [
          `  const picked = pick(runner);\n  await picked.killTask(ctx, '1');\n  await picked.removeImage(ctx, '1');`,
          `  await runner.killTask(ctx, '1');\n  await runner.removeImage(ctx, '1');`,
        ],
      ],
    },
  },
  'collection-of-source': {
    why: 'The value is kept in a list, a map, a set or a promise. One facet is kept in its place where one serves all elements, and where all that goes in and comes out can be followed. Several are needed here, the elements are told apart by their identity, or they go somewhere that says nothing about them.',
    byHand:
      'Keep a facet in a list of its own for each thing that is done, or keep objects that hold the value under a name.',
    fixture: 'array-of-runners-several',
    fix: {
      'src/jobs.ts': [
        [
          `  for (const runner of runners) {\n    await runner.killTask(ctx, '1');\n    await runner.removeImage(ctx, 'alpine');\n  }`,
          `  for (const runner of runners) await runner.killTask(ctx, '1');\n}\n\nexport async function clean(runners: readonly Runner[]): Promise<void> {\n  for (const runner of runners) await runner.removeImage(ctx, 'alpine');`,
        ],
      ],
      'src/main.ts': [
        [`import { stopAll } from`, `import { clean, stopAll } from`],
        [
          `export const main = () => stopAll([new LegacyRunner(facets)]);`,
          `export async function main(): Promise<void> {\n  const runner = new LegacyRunner(facets);\n  await stopAll([runner]);\n  await clean([runner]);\n}`,
        ],
      ],
    },
  },
  'callback-parameter': {
    why: 'The parameter belongs to a function that others call by the type of that function. All of them would have to pass something else at once, and not all of them can be seen: the function goes through a place that says nothing about its type, or through a library.',
    byHand: 'Give every place that the function goes through its type, or call the functions by their names.',
    fixture: 'callback-parameter-escapes',
    fix: {
      'src/jobs.ts': [
        [`new Map<string, unknown>()`, `new Map<string, Handler>()`],
        [`(handler as Handler)(runner)`, `handler(runner)`],
      ],
    },
  },
  'function-escapes': {
    why: 'The function is handed on as a value, or its parameters are named in a type. Whoever calls it then passes the old interface, and cannot be changed with it.',
    byHand: 'Hand on a function that makes the call: it is known what it passes.',
    fixture: 'function-passed-as-value',
    fix: {
      'src/main.ts': [
        [`each([new LegacyRunner(facets)], stop)`, `each([facets], (one) => stop(new LegacyRunner(one)))`],
      ],
    },
  },
  'uses-arguments-object': {
    why: 'The function reads `arguments`. After a split it has another number of them.',
    byHand: 'Name what is needed.',
    fixture: 'uses-arguments-object',
    fix: { 'src/jobs.ts': [[`arguments.length`, `2`]] },
  },
  'spread-into-carrier': {
    why: 'A call spreads a list over the parameter. After a split there are other parameters, and the list does not change with them.',
    byHand: 'Write the arguments out.',
    fixture: 'spread-into-carrier',
    fix: {
      'src/jobs.ts': [
        [
          `(all: readonly [Runner, string][]): Promise<void> {\n  for (const one of all) await stop(...one);`,
          `(runner: Runner, ids: readonly string[]): Promise<void> {\n  for (const id of ids) await stop(runner, id);`,
        ],
      ],
      'src/main.ts': [
        [`stopAll([[new LegacyRunner(facets), '1']])`, `stopAll(new LegacyRunner(facets), ['1'])`],
      ],
    },
  },
  'optional-carrier-needs-several': {
    why: 'The value may be absent, and several facets are used of it. Split, each of them may be absent by itself, and the compiler no longer knows that they are there together.',
    byHand: 'Decide about absence outside: a function that does something with the value takes it always.',
    fixture: 'optional-several',
    fix: {
      'src/jobs.ts': [
        [
          `(id: string, runner?: Runner): Promise<void> {\n  if (runner === undefined) return;\n`,
          `(id: string, runner: Runner): Promise<void> {\n`,
        ],
      ],
      'src/main.ts': [[`  await stop('1');\n`, '']],
    },
  },
  'variable-reassigned': {
    why: 'The variable is set more than once. Split, it would be several variables that must always be set together.',
    byHand: 'Use a constant for each value.',
    fixture: 'carrier-reassigned',
    fix: {
      'src/jobs.ts': [
        [`  let current = archive;\n  await current.copy`, `  await archive.copy`],
        [`  current = other;\n  await current.find`, `  await other.find`],
      ],
    },
  },
  'exported-variable': {
    why: 'The variable is exported: others import it by its name, perhaps from outside. Calls of it are inlined through the way back, which you may leave as it is.',
    byHand: 'Export the facets; or, better, let whoever needs one be handed it.',
    fixture: 'exported-variable',
    fix: {
      'src/jobs.ts': [
        [
          `export async function stop(): Promise<void> {`,
          `export async function stop(runner: Runner): Promise<void> {`,
        ],
        [`import { runner } from './instance.js';\n`, ''],
      ],
      'src/main.ts': [
        [
          `import { runner } from './instance.js';`,
          `import { LegacyRunner } from '../legacy/legacy-runner.js';\nimport { facets } from '../support/facets.js';`,
        ],
        [`  await stop();\n`, `  const runner = new LegacyRunner(facets);\n  await stop(runner);\n`],
      ],
      'src/instance.ts': [
        [`export const runner: Runner = new LegacyRunner(facets);`, `export {};`],
        [`import { LegacyRunner } from '../legacy/legacy-runner.js';\n`, ''],
        [`import type { Runner } from '../legacy/runner.js';\n`, ''],
        [`import { facets } from '../support/facets.js';\n`, ''],
      ],
    },
  },
  'assignment-in-expression': {
    why: 'The value is assigned in the middle of an expression. Several assignments do not fit there.',
    byHand: 'Assign it in a statement of its own, or in the constructor.',
    fixture: 'assignment-in-expression',
    fix: {
      'src/jobs.ts': [
        [
          `  private runner: Runner | undefined;\n\n  constructor(private readonly make: () => Runner) {}\n\n  async stop(): Promise<void> {\n    await (this.runner ??= this.make()).killTask(ctx, '1');`,
          `  constructor(private readonly runner: Runner) {}\n\n  async stop(): Promise<void> {\n    await this.runner.killTask(ctx, '1');`,
        ],
      ],
      'src/main.ts': [[`new Lazy(() => new LegacyRunner(facets))`, `new Lazy(new LegacyRunner(facets))`]],
    },
  },
  'destructured-with-default': {
    why: 'The value has a default. Split, each facet would need a default of its own, and all of them of the same value.',
    byHand: 'Pass the value always.',
    fixture: 'destructured-property-with-default-several',
    fix: {
      'src/jobs.ts': [
        [`runner?: Runner`, `runner: Runner`],
        [`{ runner = defaultRunner, name }`, `{ runner, name }`],
        [`const defaultRunner`, `export const defaultRunner`],
      ],
      'src/main.ts': [
        [`import { main as start }`, `import { defaultRunner, main as start }`],
        [`start({ name: 'x' })`, `start({ runner: defaultRunner, name: 'x' })`],
      ],
    },
  },
  'source-not-a-path': {
    why: 'Several facets are needed of a value that is computed in the middle of an expression. It must be computed once, and here is no place for a constant.',
    byHand: 'Put the value into a constant first.',
    fixture: 'source-not-a-path-in-arrow',
    fix: {
      'src/main.ts': [
        [
          `export const main = () => stop(createMonolith());`,
          `export const main = () => {\n  const monolith = createMonolith();\n  return stop(monolith);\n};`,
        ],
      ],
    },
  },
  'source-is-nullable': {
    why: 'The value that comes in may be absent, and the way back takes only values that are there.',
    byHand: 'Check for presence before it is handed over, and hand over only what is there.',
  },
  'carrier-unused': {
    why: 'Nothing that was found uses the value. The tool does not know which facet it should become, and does not remove what nobody asked it to.',
    byHand: 'Remove the parameter, and with it the argument of each call. Or leave it.',
    fixture: 'unused-carrier',
    fix: {
      'src/jobs.ts': [
        [`ignore(runner: Runner)`, `ignore()`],
        [`await ignore(runner);`, `await ignore();`],
      ],
    },
  },
  'name-taken': {
    why: 'The name that the change needs is taken at this place by something else, and names that are yours are never changed.',
    byHand: 'Rename what has the name.',
    fixture: 'binding-name-is-taken',
    fix: {
      'src/jobs.ts': [
        [`archive: Archive, from: string`, `archive: Archive, origin: string`],
        [`  return from;`, `  return origin;`],
      ],
    },
  },
  'facet-already-present': {
    why: 'A facet of the same type is already there, beside the old interface. Whether it is the same one cannot be seen.',
    byHand: 'If it is the same, use it in the place of the old interface, and remove that.',
    fixture: 'facet-already-present',
  },
  'no-way-back': {
    why: "A value comes in that is no facade, such as a fake, and the facade's module has no function that gives the facets of any value.",
    byHand: "Export a function from the facade's module that takes the old interface and returns the facets.",
    fixture: 'no-way-back',
    fix: {
      'legacy/store.ts': [
        [
          `export class StoreFacade`,
          `export function readerOf(store: Store): { readonly reader: Reader } {\n  return store instanceof StoreFacade ? { reader: store.reader } : { reader: { read: (key) => store.get(key) } };\n}\n\nexport class StoreFacade`,
        ],
      ],
      'src/main.ts': [
        [`await lookAgain(record<Store>('store'))`, `await lookAgain(new StoreFacade(reader))`],
        [`import type { Store } from '../legacy/store.js';\n`, ''],
      ],
    },
  },
  'way-back-lossy': {
    why: "A value comes in that is no facade. Its facets have to call its old methods, and this method's old arguments cannot be had back from the new ones: the facade drops one, folds two into one, or has put in a default that the value may not share.",
    byHand:
      'Hand over a facade; or let the facade use each parameter once, and as it is, and write out arguments that it has a default for.',
    fixture: 'way-back-lossy',
    fix: {
      'src/main.ts': [
        [
          `import { openArchive } from '../support/monolith.js';`,
          `import { ArchiveFacade } from '../legacy/archive-facade.js';\nimport { notifier, reader, writer } from '../support/facets.js';`,
        ],
        [
          `  const archive = openArchive();\n  await refresh(archive);\n  await look(archive);`,
          `  await refresh(new ArchiveFacade(reader, writer, notifier));\n  await look(new ArchiveFacade(reader, writer, notifier));`,
        ],
      ],
    },
  },
  'part-of-the-way-back': {
    why: 'This is part of the way back: its work is to make facets of the old interface.',
    byHand: 'Nothing. It is deleted together with the facade.',
  },
  'facade-module': {
    why: 'This is part of the facade, whose work is to be the old interface.',
    byHand: 'Nothing. It is deleted when nothing uses it any more.',
  },
  'generated-file': {
    why: 'The file says that a tool has made it, or lies where tools put what they make. A change would be gone the next time.',
    byHand: 'Change what it is generated from.',
    fixture: 'generated-file',
  },
  'outside-the-project': {
    why: 'The declaration stands in a package or in a file outside the root of the project. Nothing is written there.',
    byHand: 'Wrap it in a function of your own that takes facets, or wait for its owner.',
  },
  'symbolic-link': {
    why: 'The file is a link to another one of the project. Written through the link, the other one would change twice.',
    byHand: 'Nothing: the file that the link leads to is migrated.',
  },
  'read-only-file': {
    why: 'The file must not be written, by its mode or by who owns it. What other code hands to it stays as it is, too.',
    byHand: 'Make the file writable and run `migrate` again.',
  },
  'unknown-encoding': {
    why: 'The file is not encoded in UTF-8, so it would not come back as the same bytes.',
    byHand: 'Convert the file to UTF-8 and run `migrate` again.',
  },
  'syntax-error': {
    why: 'The compiler cannot read all of the file, so nobody knows what else it says.',
    byHand: 'Mend the error and run `migrate` again.',
  },
  'other-facet': {
    why: '`--only` was given, and this is asked for other facets than that one, alone or as well.',
    byHand: 'Nothing is wrong. Run `migrate` again without `--only`, or with another facet.',
  },
  'out-of-scope': {
    why: 'The file is not among those that may change: `migrate` was given paths, or a person said no to it.',
    byHand: 'Nothing is wrong. Run `migrate` again with more paths.',
    fixture: 'scope-callee-only',
  },
  'not-a-module': {
    why: 'The file neither imports nor exports, so it is a script. The type of a facet cannot be imported into it.',
    byHand: 'Make it a module.',
    fixture: 'not-a-module',
    fix: { 'src/script.ts': [[`async function stop(`, `export async function stop(`]] },
  },
  'unchecked-javascript': {
    why: 'The file is JavaScript that the compiler does not check. A mistake there would show itself at run time.',
    byHand: 'Let the compiler check it, with `// @ts-check` or `checkJs`, or make it TypeScript.',
    fixture: 'unchecked-javascript',
  },
  'jsdoc-carrier': {
    why: 'The type of the value stands in a JSDoc comment, in a form that is not rewritten.',
    byHand: 'Write the facet into the comment, and call it.',
    fixture: 'checked-javascript',
  },
  'decorated-carrier': {
    why: 'A decorator, and the container behind it, decide what is injected here. The container would have to know the facets, too.',
    byHand: 'Register the facets with the container, and inject those that are needed.',
    fixture: 'decorated-carrier',
  },
  'unsupported-declaration': {
    why: 'The value is declared in a form that the tool cannot split, such as a setter, a loop variable, or a name for a type made elsewhere.',
    byHand: 'Declare it plainly: as a parameter, a field or a constant with its type.',
    fixture: 'accessor-pair',
    fix: {
      'src/jobs.ts': [
        [
          `  #runner: Runner | undefined;\n\n  set runner(value: Runner) {\n    this.#runner = value;\n  }\n\n`,
          `  readonly #runner: Runner;\n\n  constructor(runner: Runner) {\n    this.#runner = runner;\n  }\n\n`,
        ],
        [`this.#runner?.killTask`, `this.#runner.killTask`],
      ],
      'src/main.ts': [
        [
          `  const holder = new Holder();\n  holder.runner = new LegacyRunner(facets);\n`,
          `  const holder = new Holder(new LegacyRunner(facets));\n`,
        ],
      ],
    },
  },
  'public-api': {
    why: 'The declaration is part of what the package offers to others, who call it with the old interface. `publicApi` in `refacet.config.json` says whether such declarations may change: `keep` for a package that is published, `migrate` for one that is not.',
    byHand: 'Change it in the next major version; until then, offer a second function that takes the facets.',
    fixture: 'public-api-of-published-package',
  },
  'would-not-compile': {
    why: 'The change was tried, and the compiler found an error that was not there before. Everything that hangs together with it was taken back. The line quotes the message.',
    byHand:
      'Do what the message says, then run again. Often a type has to be written down, or the facade names a wider type than the facet takes.',
    fixture: 'excess-property',
    fix: { 'src/jobs.ts': [[`{ name: 'a', note: 'fragile' }`, `{ name: 'a' }`]] },
  },
  'would-bind-differently': {
    why: 'The change was tried, and a name in it would have meant another thing than it should: something nearer has the same name. Everything that hangs together with it was taken back.',
    byHand: 'Rename what is nearer.',
  },
  'blocked-by': {
    why: 'The use itself could be rewritten. What it is made on has to stay, because of another place, which the line names with its own reason.',
    byHand:
      'Go to the place that is named. One such place often blocks many uses, and `npx refacet status` says how many.',
  },
} as const satisfies Readonly<Record<string, ReasonPage>>;
