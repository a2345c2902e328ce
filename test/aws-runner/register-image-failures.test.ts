import { describe, expect, it } from 'vitest';

import { AwsRunner } from '../../legacy/aws-runner/index.js';
import { failureOf } from './failure.js';
import { config, ctx, scriptedRunner, sdkError, type Step, user } from './scripted-aws.js';
import { alpineRow, FA } from './table-calls.js';

const down = sdkError('InternalServerError');
const broken = { ...alpineRow, created_at: { S: 'x' } };
const definition: Step = [
  'ecs.RegisterTaskDefinition',
  { taskDefinition: { taskDefinitionArn: `arn:aws:ecs:us-east-1:123456789012:task-definition/${FA}:1` } },
];
const tagged: Step = ['ecs.TagResource'];
const noRow: Step = ['dynamodb.GetItem'];
const row: Step = ['dynamodb.GetItem', { Item: alpineRow }];
const noDefault: Step = ['dynamodb.Query', { Items: [] }];
const internal = { status: 500, code: 'INTERNAL_ERROR' };

interface Roles {
  readonly task?: string;
  readonly execution?: string;
}

function register(runner: AwsRunner, isDefault?: boolean, roles: Roles = {}): Promise<void> {
  const { task, execution } = roles;
  return runner.registerImage(
    ...([ctx, 'alpine:latest', isDefault, task, execution] as const),
    ...([undefined, undefined, undefined, user] as const),
  );
}

type Failing = readonly [
  step: string,
  script: readonly Step[],
  failure: Readonly<Record<string, unknown>>,
  isDefault?: boolean | undefined,
  roles?: Roles | undefined,
];

/** The numbers of the original's table of errors. */
const failing: readonly Failing[] = [
  [
    '6, of the execution role',
    [['iam.GetRole'], ['iam.GetRole', sdkError('NoSuchEntityException')]],
    { status: 400, text: 'task execution IAM role does not exist: e: sdk text' },
    undefined,
    { task: 't', execution: 'e' },
  ],
  [
    '7',
    [['iam.GetRole', down]],
    { status: 500, code: undefined, text: 'failed to validate task IAM role t: sdk text' },
    undefined,
    { task: 't' },
  ],
  [
    '7, of the execution role',
    [['iam.GetRole', down]],
    { status: 500, code: undefined, text: 'failed to validate task execution IAM role e: sdk text' },
    undefined,
    { task: '', execution: 'e' },
  ],
  [
    '8',
    [['dynamodb.GetItem', down]],
    {
      ...internal,
      message: 'failed to get image-taskdef mapping',
      text: 'failed to check existing image-taskdef mapping: failed to get image-taskdef mapping: sdk text',
    },
  ],
  [
    '8, of a row that cannot be read',
    [['dynamodb.GetItem', { Item: broken }]],
    { ...internal, message: 'failed to unmarshal image-taskdef item' },
  ],
  [
    '9, of the query',
    [row, ['dynamodb.Query', down]],
    {
      ...internal,
      text: 'failed to set image as default: failed to query default images: sdk text',
    },
    true,
  ],
  [
    '9, of an unmarking',
    [row, ['dynamodb.Query', { Items: [alpineRow] }], ['dynamodb.UpdateItem', down]],
    { ...internal, text: 'failed to set image as default: failed to unmark default image: sdk text' },
    true,
  ],
  [
    '9, of the marking',
    [row, noDefault, ['dynamodb.UpdateItem', down]],
    { ...internal, text: 'failed to set image as default: failed to set image as default: sdk text' },
    true,
  ],
  [
    '11',
    [noRow, ['dynamodb.Query', down]],
    {
      ...internal,
      message: 'failed to query default image',
      text: 'failed to check for default image: failed to query default image: sdk text',
    },
  ],
  [
    '11, of a row that cannot be read',
    [noRow, ['dynamodb.Query', { Items: [broken] }]],
    { ...internal, message: 'failed to unmarshal default image item' },
  ],
  [
    '12',
    [noRow, ['ecs.RegisterTaskDefinition', down]],
    {
      status: 500,
      code: undefined,
      text: 'failed to register ECS task definition: ECS RegisterTaskDefinition failed: sdk text',
    },
    false,
  ],
  ...[{}, { taskDefinition: {} }].map((answer): Failing => [
    `13, on ${JSON.stringify(answer)}`,
    [noRow, ['ecs.RegisterTaskDefinition', answer]],
    {
      status: 500,
      code: undefined,
      text: 'failed to register ECS task definition: ECS returned nil task definition',
    },
    false,
  ]),
  [
    '15, of the query',
    [noRow, definition, tagged, ['dynamodb.Query', down]],
    { ...internal, text: 'failed to unmark existing defaults: failed to query default images: sdk text' },
    true,
  ],
  [
    '15, of a row that cannot be read',
    [noRow, definition, tagged, ['dynamodb.Query', { Items: [broken] }]],
    { ...internal, message: 'failed to unmarshal default image items' },
    true,
  ],
  [
    '15, of an unmarking',
    [
      ...[noRow, definition, tagged],
      ['dynamodb.Query', { Items: [alpineRow, alpineRow] }],
      ['dynamodb.UpdateItem'],
      ['dynamodb.UpdateItem', down],
    ],
    { ...internal, text: 'failed to unmark existing defaults: failed to unmark default image: sdk text' },
    true,
  ],
  [
    '16',
    [noRow, definition, tagged, noRow, ['dynamodb.PutItem', down]],
    {
      ...internal,
      message: 'failed to put image-taskdef mapping',
      text: 'failed to store image-taskdef mapping: failed to put image-taskdef mapping: sdk text',
    },
    false,
  ],
];

describe('registerImage of the original fails at step', () => {
  it.each(failing.map((one) => ({ step: one[0], one })))('$step', async ({ one }) => {
    const [, script, failure, isDefault, roles] = one;
    const { runner, calls } = scriptedRunner(script);

    expect(await failureOf(register(runner, isDefault, roles))).toMatchObject(failure);

    expect(calls).toHaveLength(script.length);
  });

  it.each([
    ['3, before 4 and 5', { region: '', accountId: '' }, 'AWS region not configured'],
    ['4, before 5', { accountId: '' }, 'AWS account ID not configured'],
    ['5, without any role', {}, 'IAM client not configured'],
  ])('%s', async (_step, missing, text) => {
    const { options, calls } = scriptedRunner([]);
    const runner = new AwsRunner({ ...options, iam: undefined, config: { ...config, ...missing } });

    expect(await failureOf(register(runner))).toMatchObject({ status: 500, code: undefined, text });
    expect(calls).toEqual([]);
  });

  it('14 in no way but a record', async () => {
    const tagging = sdkError('AccessDeniedException');
    const { runner, records } = scriptedRunner([
      ...[noRow, definition, ['ecs.TagResource', tagging] as const, noRow],
      ['dynamodb.PutItem'],
    ]);

    await register(runner, false);

    expect(records).toMatchObject([
      { level: 'warn', fields: { operation: 'ECS.TagResource', error: tagging } },
    ]);
  });

  it('in no way when the row cannot be read before it is written', async () => {
    const script: Step[] = [noRow, definition, tagged, ['dynamodb.GetItem', down], ['dynamodb.PutItem']];
    const { runner, calls } = scriptedRunner(script);

    await register(runner, false);

    expect(calls).toHaveLength(script.length);
  });
});
