import type { ReasonPage } from './reason-page.js';

/** Reasons that lie in how a value is used. */
export const uses = {
  'receiver-is-any': {
    why: 'The receiver has the type `any`. Its method may be that of the old interface, or one of the same name on something else; nothing in the program says which.',
    byHand: 'Give the value its type.',
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
  'receiver-is-union': {
    why: 'The value may be the old interface or something else that happens to have the same method. Only one of the two can be rewritten.',
    byHand: 'Decide for one of them. A function that only ever needs a facet takes the facet.',
    fixture: 'union-with-facet',
    fix: { 'src/jobs.ts': [[`target: Runner | TaskExecutor`, `target: Runner`]] },
  },
  'receiver-is-generic': {
    why: 'The type of the value is made from the old interface: a type parameter that extends it, a part of it, an interface that adds to it. Who calls decides what it is.',
    byHand: 'Name the interface itself where no more is needed.',
    fixture: 'type-parameter-receiver',
    fix: {
      'src/jobs.ts': [
        [
          `stop<R extends Runner>(runner: R): Promise<R> {\n  await runner.killTask(ctx, 'task-1');\n  return runner;`,
          `stop(runner: Runner): Promise<void> {\n  await runner.killTask(ctx, 'task-1');`,
        ],
      ],
      'src/main.ts': [
        [
          `async () => (await stop(new LegacyRunner(facets))).taskExecutor === facets.taskExecutor`,
          `() => stop(new LegacyRunner(facets))`,
        ],
      ],
    },
  },
  'dynamic-member': {
    why: 'Which method is called is decided at run time, by a name in a variable. The methods belong to different facets, or take other arguments than before.',
    byHand: 'Write the calls out, one for each name.',
    fixture: 'element-access-dynamic',
    fix: {
      'src/jobs.ts': [
        [
          `  await runner[member](ctx, 'x');`,
          `  await (member === 'killTask' ? runner.killTask(ctx, 'x') : runner.removeImage(ctx, 'x'));`,
        ],
      ],
    },
  },
  'accessor-write': {
    why: 'A property of the old interface is written to, and the facade does not say how that reaches a facet.',
    byHand: 'Set it on the facet, or give the facade a setter of the form `this.facet.property = value`.',
    fixture: 'property-written-to-by-compound',
  },
  'method-reference': {
    why: "A method is handed on without being called, and the facet's method takes its arguments differently.",
    byHand: 'Hand on a function that makes the call.',
    fixture: 'unbound-reference-of-parameter-object',
    fix: {
      'src/jobs.ts': [
        [
          `  const move: (from: string, to: string) => Promise<string> = archive.move;`,
          `  const move = (from: string, to: string): Promise<string> => archive.move(from, to);`,
        ],
      ],
    },
  },
  'indirect-call': {
    why: 'The method is called by `call`, `apply`, `bind` or `Reflect.apply`, with a receiver or a list of arguments that is not certain to be what it seems.',
    byHand: 'Call the method on its object.',
    fixture: 'methods-of-another-or-of-several',
    fix: {
      'src/jobs.ts': [
        [
          `  const stop = runner.killTask.bind(other);\n  await stop(ctx, '1');`,
          `  await other.killTask(ctx, '1');`,
        ],
        [`runner.registerImage.call(runner, ctx,`, `runner.registerImage(ctx,`],
      ],
    },
  },
  'method-destructured': {
    why: 'Methods are taken out of the object, of more than one facet or with other arguments than before.',
    byHand: 'Call them on the object.',
    fixture: 'method-destructured-two-slots',
    fix: {
      'src/jobs.ts': [
        [
          `  const { find, tag } = archive;\n  return [await find('a'), await tag('b')];`,
          `  return [await archive.find('a'), await archive.tag('b')];`,
        ],
      ],
    },
  },
  'type-level-use': {
    why: "A type is made from the old interface or from a place that holds it, such as `Deps['runner'][]`. After a split there are several types, or a property of that name no longer exists.",
    byHand: 'Write the type out where it is needed.',
    fixture: 'member-of-deps-inside-a-type',
    fix: { 'src/jobs.ts': [[`others: Deps['runner'][]`, `others: Runner[]`]] },
  },
  'identity-or-shape-use': {
    why: 'The value is looked at as a whole: compared, copied, asked for its methods, used as a key. After a split there is no whole any more.',
    byHand: 'Do without the question, or ask it of something else: a name, an ID, a facet.',
    fixture: 'shape-test-with-in',
    fix: { 'src/jobs.ts': [[`  if ('killTask' in runner) await`, `  await`]] },
  },
  'spied-member': {
    why: "A method of the value itself is replaced or watched, as by `vi.spyOn(runner, 'killTask')`. Code that has moved calls the facet and would never reach the replacement. So everything that this value reaches stays as it is.",
    byHand: 'Replace or watch the method of the facet.',
    fixture: 'member-replaced-by-assignment',
    fix: {
      'src/main.ts': [
        [
          `  const runner = new LegacyRunner(facets);\n  runner.killTask = async () => {\n    trace.push('replaced');\n  };\n`,
          `  const killTask = async () => {\n    trace.push('replaced');\n  };\n  const runner = new LegacyRunner({ ...facets, taskExecutor: { ...facets.taskExecutor, killTask } });\n`,
        ],
      ],
    },
  },
  'positional-expectation': {
    why: 'A test looks at arguments by their position, or expects a call in which it is not certain whether a whole group was left out. In the new call the arguments are elsewhere.',
    byHand:
      'Give each argument a value that leaves no doubt about its group, in the code and in the test, or expect what the facet gets. Or leave the double as it is: it goes on working.',
    fixture: 'double-with-empty-group-in-code',
    fix: {
      'src/jobs.test.ts': [
        [
          `await register(runner as unknown as Runner);`,
          `await register(runner as unknown as Runner, 'reader');`,
        ],
        [`'alpine', true, undefined, undefined, 'me'`, `'alpine', true, 'reader', 256, 'me'`],
      ],
      'src/jobs.ts': [[`'alpine', true, role, undefined, 'me'`, `'alpine', true, role, 256, 'me'`]],
    },
  },
  'facade-test': {
    why: 'This tests the facade itself. Rewritten, it would test nothing any more.',
    byHand: 'Nothing. It is deleted together with the facade.',
    fixture: 'facade-own-test',
  },
  'test-double': {
    why: 'A test looks at a fake of the old interface. The code under test has moved and is handed a view of the fake, so the fake sees the same calls with the same arguments as before.',
    byHand:
      'Nothing at once: the test is right as it stands. Before the old interface is deleted, make it a fake of the facets.',
    fixture: 'vi-fn-double-kept',
  },
  'super-call': {
    why: 'A subclass of the facade calls the method that it overrides. What the subclass adds belongs to the facet now.',
    byHand: 'Wrap the facet where the program is put together, and use the facade as it is.',
    fixture: 'subclass-overrides',
    fix: {
      'src/slow-runner.ts': [
        [
          `import { LegacyRunner } from '../legacy/legacy-runner.js';\nimport { trace } from '../support/trace.js';\nimport type { RequestContext } from './contracts.js';\n\nexport class SlowRunner extends LegacyRunner {\n  override async killTask(ctx: RequestContext, executionId: string): Promise<void> {\n    trace.push('slowly');\n    await super.killTask(ctx, executionId);\n  }\n}\n`,
          `import { trace } from '../support/trace.js';\nimport type { TaskExecutor } from './contracts.js';\n\nexport const slowly = (inner: TaskExecutor): TaskExecutor => ({\n  ...inner,\n  async killTask(ctx, executionId) {\n    trace.push('slowly');\n    await inner.killTask(ctx, executionId);\n  },\n});\n`,
        ],
      ],
      'src/main.ts': [
        [
          `import { SlowRunner } from './slow-runner.js';`,
          `import { LegacyRunner } from '../legacy/legacy-runner.js';\nimport { slowly } from './slow-runner.js';`,
        ],
        [
          `new SlowRunner(facets)`,
          `new LegacyRunner({ ...facets, taskExecutor: slowly(facets.taskExecutor) })`,
        ],
      ],
    },
  },
  'implements-source': {
    why: 'The use is part of a class or an object that implements the old interface itself. Whoever has moved is handed a view of it, so it goes on working.',
    byHand:
      'Nothing at once. Before the old interface is deleted, write it as an implementation of the facets that it is about.',
    fixture: 'logging-decorator-implements-source',
  },
  'reads-whole-value': {
    why: 'The facets are taken out of the way back as a whole, beside other uses of the same value.',
    byHand: 'Take the one facet: `facetsOf(runner).taskExecutor`.',
    fixture: 'bundle-of-facets-read-as-a-whole',
    fix: {
      'src/jobs.ts': [
        [
          `  const { taskExecutor } = facetsOf(runner);\n  await taskExecutor.killTask(ctx, '1');`,
          `  await facetsOf(runner).taskExecutor.killTask(ctx, '1');`,
        ],
      ],
    },
  },
} as const satisfies Readonly<Record<string, ReasonPage>>;
