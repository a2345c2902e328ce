import { describe, expect, it } from 'vitest';

import { AwsRunner } from '../../legacy/aws-runner/index.js';
import type { ExecutionRequest } from '../../src/contracts/index.js';
import { failureOf } from './failure.js';
import { type Call, ctx, scriptedRunner, sdkError, type Step, user } from './scripted-aws.js';
import { A, alpineRow, FA, get, queryDefault, scanAll, scanImage } from './table-calls.js';

const id = '0123456789abcdef0123456789abcdef';
const createdAt = new Date('2025-11-21T01:00:00Z');
const started: Step = [
  'ecs.RunTask',
  { tasks: [{ taskArn: `arn:aws:ecs:us-east-1:123456789012:task/runvoy-cluster/${id}`, createdAt }] },
];
const foundA: Step = ['dynamodb.GetItem', { Item: alpineRow }];

interface Override {
  readonly name: string;
  readonly command: readonly [string, string, string];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

/** The input of RunTask, its two containers apart. */
function runTaskOf(calls: readonly Call[]) {
  const [, input] = calls.find(([operation]) => operation === 'ecs.RunTask') ?? [];
  const { overrides, ...rest } = input as { overrides: { containerOverrides: [Override, Override] } };
  const [sidecar, runner] = overrides.containerOverrides;
  const pairs = (override: Override) => override.environment.map(({ name, value }) => `${name}=${value}`);
  return { rest, sidecar, runner, sidecarEnv: pairs(sidecar), runnerEnv: pairs(runner) };
}

const common = {
  cluster: 'runvoy-cluster',
  taskDefinition: FA,
  launchType: 'FARGATE',
  networkConfiguration: {
    awsvpcConfiguration: {
      subnets: ['subnet-a', 'subnet-b'],
      securityGroups: ['sg-1'],
      assignPublicIp: 'ENABLED',
    },
  },
};

describe('startTask of the original, by its worked examples', () => {
  it('8.11 starts a minimal task', async () => {
    const { runner, calls } = scriptedRunner([foundA, started]);
    const task = await runner.startTask(ctx, user, { command: 'echo hi', image: A });
    expect(task).toStrictEqual({ executionId: id, createdAt });
    expect(calls[0]).toStrictEqual(get(A));
    const run = runTaskOf(calls);
    expect(run.rest).toEqual({ ...common, tags: [{ key: 'UserEmail', value: user }] });
    expect([run.sidecar.name, run.runner.name]).toEqual(['sidecar', 'runner']);
    expect(run.sidecarEnv).toEqual(['RUNVOY_SHARED_VOLUME_PATH=/workspace', 'GIT_REPO=']);
    expect(run.runnerEnv).toEqual(['RUNVOY_COMMAND=echo hi']);
    expect(run.runner.command).toEqual([
      '/bin/sh',
      '-c',
      String.raw`set -e

printf '### runvoy runner execution started by requestID => %s\n' "req-1"
printf '### Image ID => %s\n' "alpine:latest-c5c74c0e"

printf '### runvoy command => %s\n' "echo hi"
echo hi`,
    ]);
  });

  it('8.12 starts a task with a repository and a secret', async () => {
    const request: ExecutionRequest = {
      command: 'make test',
      image: A,
      env: { GITHUB_TOKEN: 'ghp_x' },
      secretVarNames: ['GITHUB_TOKEN'],
      gitRepo: 'https://github.com/o/r.git',
      gitPath: '/sub',
    };
    const { runner, calls } = scriptedRunner([foundA, started]);
    await runner.startTask(ctx, user, request);
    const run = runTaskOf(calls);
    expect(run.rest).toEqual({
      ...common,
      tags: [
        { key: 'UserEmail', value: user },
        { key: 'HasGitRepo', value: 'true' },
      ],
    });
    expect(run.sidecarEnv).toEqual([
      'RUNVOY_SHARED_VOLUME_PATH=/workspace',
      'RUNVOY_USER_GITHUB_TOKEN=ghp_x',
      'GITHUB_TOKEN=ghp_x',
      'GIT_REPO=https://ghp_x@github.com/o/r.git',
      'GIT_REF=main',
    ]);
    expect(run.runnerEnv).toEqual(['RUNVOY_COMMAND=make test', 'GITHUB_TOKEN=ghp_x']);
    expect(run.runner.command[2]).toContain(
      String.raw`cd /workspace/repo/sub
printf '### Checked out repo => %s (ref: %s) (path: %s)\n' "https://***@github.com/o/r.git" "main" "/sub"
printf '### Working directory => %s\n' "/workspace/repo/sub"`,
    );
  });

  it('8.13 lets colliding variables through in the runner and drops them in the sidecar', async () => {
    const env = {
      RUNVOY_COMMAND: 'u',
      RUNVOY_SHARED_VOLUME_PATH: '/evil',
      GIT_REPO: 'g',
      A: '1',
      RUNVOY_USER_A: '2',
    };
    const { runner, calls } = scriptedRunner([foundA, started]);
    await runner.startTask(ctx, user, { command: 'x', image: A, env });
    const run = runTaskOf(calls);
    expect(run.sidecarEnv[0]).toBe('RUNVOY_SHARED_VOLUME_PATH=/workspace');
    expect(new Set(run.sidecarEnv.slice(1, 6))).toEqual(
      new Set([
        'RUNVOY_USER_A=1',
        'RUNVOY_USER_RUNVOY_USER_A=2',
        'RUNVOY_USER_RUNVOY_COMMAND=u',
        'RUNVOY_USER_RUNVOY_SHARED_VOLUME_PATH=/evil',
        'RUNVOY_USER_GIT_REPO=g',
      ]),
    );
    expect(new Set(run.sidecarEnv.slice(6, 9))).toEqual(new Set(['RUNVOY_COMMAND=u', 'GIT_REPO=g', 'A=1']));
    expect(run.sidecarEnv.slice(9)).toEqual(['GIT_REPO=']);
    expect(run.runnerEnv[0]).toBe('RUNVOY_COMMAND=x');
    expect(new Set(run.runnerEnv.slice(1))).toEqual(
      new Set(Object.entries(env).map(([name, value]) => `${name}=${value}`)),
    );
  });

  it('8.14 starts on the default image by its reference, and prints an empty image', async () => {
    const { runner, calls } = scriptedRunner([
      ['dynamodb.Query', { Items: [alpineRow] }],
      ['dynamodb.Scan', { Items: [alpineRow] }],
      started,
    ]);
    await runner.startTask(ctx, user, { command: 'echo hi' });
    expect(calls.slice(0, 2)).toStrictEqual([queryDefault, scanImage('alpine:latest')]);
    const run = runTaskOf(calls);
    expect(run.rest).toMatchObject({ taskDefinition: FA });
    expect(run.runner.command[2]).toContain(String.raw`printf '### Image ID => %s\n' ""`);
  });

  const failures: [situation: string, image: string, script: Step[], failure: object][] = [
    [
      'an unknown image',
      'nope:1',
      [['dynamodb.Scan'], ['dynamodb.Scan']],
      {
        status: 400,
        message: 'image not registered',
        details: 'no task definition found for image: nope:1',
      },
    ],
    [
      'the table being down, with an ID',
      A,
      [['dynamodb.GetItem', sdkError('InternalServerError')]],
      {
        status: 400,
        message: 'image not registered',
        text:
          'image not registered: failed to get task definition by ImageID: ' +
          'failed to get image-taskdef mapping: sdk text',
      },
    ],
    [
      'the table being down, without an image',
      '',
      [['dynamodb.Query', sdkError('InternalServerError')]],
      { status: 500, message: 'failed to query default image' },
    ],
    [
      'RunTask throwing',
      A,
      [foundA, ['ecs.RunTask', sdkError('ClusterNotFoundException')]],
      { status: 500, message: 'failed to start ECS task', details: 'sdk text' },
    ],
    [
      'RunTask answering failures only',
      A,
      [foundA, ['ecs.RunTask', { tasks: [], failures: [{ reason: 'RESOURCE:ENI' }] }]],
      { status: 500, message: 'no tasks were started', text: 'no tasks were started' },
    ],
  ];

  it.each(failures)('8.15 fails on %s', async (_situation, image, script, failure) => {
    const { runner, calls } = scriptedRunner(script);
    expect(await failureOf(runner.startTask(ctx, user, { command: 'echo hi', image }))).toMatchObject(
      failure,
    );
    expect(calls).toHaveLength(script.length);
  });

  it('8.15 asks twice for an unknown image', async () => {
    const { runner, calls } = scriptedRunner([['dynamodb.Scan'], ['dynamodb.Scan']]);
    await failureOf(runner.startTask(ctx, user, { command: 'echo hi', image: 'nope:1' }));
    expect(calls).toStrictEqual([scanImage('nope:1'), scanAll]);
  });

  it('crashes after the task was started when ECS does not say when it was made', async () => {
    const { runner, calls } = scriptedRunner([foundA, ['ecs.RunTask', { tasks: [{ taskArn: 'a/b' }] }]]);
    expect(await failureOf(runner.startTask(ctx, user, { command: 'echo hi', image: A }))).toMatchObject({
      name: 'TypeError',
    });
    expect(calls).toHaveLength(2);
  });
});

describe('killTask of the original, example 8.17', () => {
  const arn = (taskId: string) => `arn:aws:ecs:us-east-1:123456789012:task/runvoy-cluster/${taskId}`;
  const cluster = 'runvoy-cluster';
  const listRunning: Step = ['ecs.ListTasks', { taskArns: [arn('aaa'), arn('bbb')] }];
  const listStopped: Step = ['ecs.ListTasks', { taskArns: [arn('ccc')] }];
  const lists: Call[] = [
    ['ecs.ListTasks', { cluster, desiredStatus: 'RUNNING' }],
    ['ecs.ListTasks', { cluster, desiredStatus: 'STOPPED' }],
  ];
  const described = (lastStatus: string): Step => ['ecs.DescribeTasks', { tasks: [{ lastStatus }] }];
  const describeCall = (taskId: string): Call => ['ecs.DescribeTasks', { cluster, tasks: [arn(taskId)] }];

  it('stops a running task', async () => {
    const { runner, calls } = scriptedRunner([
      listRunning,
      described('RUNNING'),
      ['ecs.StopTask', { task: {} }],
    ]);
    await runner.killTask(ctx, 'bbb');
    expect(calls).toStrictEqual([
      lists[0],
      describeCall('bbb'),
      ['ecs.StopTask', { cluster, task: arn('bbb'), reason: 'Terminated by user via kill endpoint' }],
    ]);
  });

  it('does not stop a pending task', async () => {
    const { runner, calls } = scriptedRunner([listRunning, described('PENDING')]);
    expect(await failureOf(runner.killTask(ctx, 'bbb'))).toMatchObject({
      status: 400,
      message: 'task cannot be terminated in current state',
      details: 'task status: PENDING, expected: RUNNING, ACTIVATING',
    });
    expect(calls).toStrictEqual([lists[0], describeCall('bbb')]);
  });

  it('does not stop a stopping task', async () => {
    const { runner } = scriptedRunner([listRunning, described('STOPPING')]);
    expect(await failureOf(runner.killTask(ctx, 'bbb'))).toMatchObject({
      status: 400,
      message: 'task is already terminated or terminating',
      details: 'task status: STOPPING',
    });
  });

  it('finds a stopped task on the second list', async () => {
    const { runner, calls } = scriptedRunner([listRunning, listStopped, described('STOPPED')]);
    expect(await failureOf(runner.killTask(ctx, 'ccc'))).toMatchObject({
      message: 'task is already terminated or terminating',
    });
    expect(calls).toStrictEqual([...lists, describeCall('ccc')]);
  });

  it.each(['zzz', ''])('does not find "%s"', async (taskId) => {
    const { runner, calls } = scriptedRunner([listRunning, listStopped]);
    expect(await failureOf(runner.killTask(ctx, taskId))).toMatchObject({
      status: 404,
      text: 'task not found',
    });
    expect(calls).toStrictEqual(lists);
  });

  it('takes a failing second list for an empty one', async () => {
    const { runner } = scriptedRunner([listRunning, ['ecs.ListTasks', sdkError('ThrottlingException')]]);
    expect(await failureOf(runner.killTask(ctx, 'ccc'))).toMatchObject({
      status: 404,
      text: 'task not found',
    });
  });

  it('crashes after the stop when ECS answers without a task', async () => {
    const { runner, calls } = scriptedRunner([listRunning, described('RUNNING'), ['ecs.StopTask', {}]]);
    expect(await failureOf(runner.killTask(ctx, 'bbb'))).toMatchObject({ name: 'TypeError' });
    expect(calls).toHaveLength(3);
  });
});

describe('a runner that lacks clients', () => {
  it('says which one, in the words of each method', async () => {
    const { options } = scriptedRunner([]);
    const without = (...names: ('ecs' | 'iam' | 'dynamodb')[]) =>
      new AwsRunner({ ...options, ...Object.fromEntries(names.map((name) => [name, undefined])) });
    const register = (runner: AwsRunner) =>
      runner.registerImage(ctx, 'a', undefined, undefined, undefined, undefined, undefined, undefined, user);
    const texts = await Promise.all(
      [
        without('ecs').startTask(ctx, user, { command: 'x' }),
        without('dynamodb').startTask(ctx, user, { command: 'x' }),
        without('dynamodb').startTask(ctx, user, { command: 'x', image: A }),
        without('ecs').killTask(ctx, 'x'),
        register(without('ecs')),
        register(without('dynamodb')),
        register(without('iam')),
        without('ecs', 'dynamodb').removeImage(ctx, A),
        without('ecs').removeImage(ctx, A),
        without('dynamodb').listImages(ctx),
        without('dynamodb').getImage(ctx, A),
      ].map(async (call) => (await failureOf(call)).text),
    );
    expect(texts).toEqual([
      'ECS cli endpoint not configured',
      'failed to query default image: image repository not configured',
      'image not registered: image repository not configured',
      'ECS client not configured',
      'ECS client not configured',
      'image repository not configured',
      'IAM client not configured',
      'image repository not configured',
      'ECS client not configured',
      'image repository not configured',
      'image repository not configured',
    ]);
  });
});
