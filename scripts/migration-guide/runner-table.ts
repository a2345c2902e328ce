import { join } from 'node:path';
import { migrateCalls } from './migrate-calls.js';
import { readImportedNames, readMethods, type InterfaceMethod } from './runner-methods.js';

/** What a caller may write for a parameter. */
const examples: Readonly<Record<string, string>> = {
  ctx: 'ctx',
  userEmail: `'ann@example.com'`,
  request: `{ command: 'make', image: 'alpine' }`,
  executionId: `'task-1'`,
  image: `'alpine:3.18'`,
  isDefault: 'true',
  taskRoleName: 'undefined',
  taskExecutionRoleName: 'undefined',
  cpu: '1024',
  memory: 'undefined',
  runtimePlatform: `'Linux/ARM64'`,
  createdBy: `'ann@example.com'`,
  requestId: `'request-1'`,
};

/** The types that the signatures of `Runner` name. */
const types: readonly (readonly [type: string, becomes: string, example: string])[] = [
  [
    'Runner',
    'the facets that are used of it, each a value of its own',
    '`{ runner }: { runner: Runner }` becomes `{ taskExecutor }: { taskExecutor: TaskExecutor }`',
  ],
  [
    'ExecutionRequest',
    'the same; `TaskRequest` where the image ID is known already',
    "`{ command, image: 'alpine' }` becomes `{ command, imageId: 'alpine:latest-1a2b3c4d' }`",
  ],
  ['RequestContext', 'the same', "`{ requestId: 'request-1' }`"],
  ['StartedTask', 'the same', '`const { executionId } = await …`'],
  ['ImageInfo', 'the same', '`const { imageId } = await …`'],
  ['LogEvent', 'the same', '`for (const { message } of await …)`'],
];

const exampleArguments = ({ name, parameters }: InterfaceMethod): readonly string[] =>
  parameters.map((parameter) => {
    const example = examples[parameter.name];
    if (example === undefined) throw new Error(`no example of ${parameter.name}, which ${name} takes`);
    return example;
  });

/** The text of `docs/migration-guide/methods.md`: every method, migrated by the codemods themselves. */
export async function runnerTable(root: string): Promise<string> {
  const source = join(root, 'legacy/runner.ts');
  const methods = readMethods(source, 'Runner');
  const named = readImportedNames(source);
  const explained = types.map(([type]) => type).filter((type) => type !== 'Runner');
  if (explained.sort().join() !== named.join()) {
    throw new Error(`${source} names the types ${named.join(', ')}: each needs a row here`);
  }
  const migrated = await migrateCalls(root, [
    ...methods.map((method) => ({ method, arguments: method.parameters.map(({ name }) => name) })),
    ...methods.map((method) => ({ method, arguments: exampleArguments(method) })),
  ]);
  const rows = methods.map(({ name }, index) => {
    const [call, example] = [migrated[index], migrated[index + methods.length]];
    if (call === undefined || example === undefined) throw new Error(`${name} was not migrated`);
    const injected = call.injected.map((parameter) => `\`${parameter}\``).join(', ');
    return `| \`${call.before}\` | \`${call.after}\` | ${injected} | \`${example.before}\` becomes \`${example.after}\` |`;
  });
  const typeRows = types.map(([type, becomes, example]) => `| \`${type}\` | ${becomes} | ${example} |`);
  return [
    '# Every method and type of `Runner`, old and new',
    '',
    'This page is written by the codemods: each method of the facade is called once, the call is migrated, and what came',
    'out stands here. `npx vitest run test/architecture/migration-guide.test.ts -u` writes it anew.',
    '',
    '## Methods',
    '',
    '| old | new | what is injected | example |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    'A group whose members are all left out is left out itself, and a member that is `undefined` is, too: both mean the',
    'same to a facet. Where several facets are injected, a function that takes them as one object does the work of several',
    'calls, in their order.',
    '',
    '## Types',
    '',
    '| old | new | example |',
    '| --- | --- | --- |',
    ...typeRows,
    '',
    '## What only the facets can do',
    '',
    '| facet | method | what for |',
    '| --- | --- | --- |',
    '| `ImageRegistry` | `setDefaultImage(ctx, imageId)` | changes the default without registering anything |',
    '| `ImageRegistry` | `getDefaultImage(ctx)` | the default image, without the empty string that stands for it |',
    '| `ImageRegistry` | `resolveImage(ctx, imageRef?)` | the ID behind a reference, before anything is started |',
    '| `ImageRegistry` | `getImagesByRequestId(ctx, requestId)` | the images that one request registered or changed |',
    '| `LogAggregator` | `readExecutionLogs(ctx, executionId, options)` | a log of any length, a page at a time, followed if asked |',
    '| `TaskObserver` | `describeTasks`, `watchTasks`, `listTasks` | what became of tasks |',
    '',
  ].join('\n');
}
