import type { ContainerOverride, RunTaskCommandInput } from '@aws-sdk/client-ecs';

import type { RequestContext, TaskRequest } from '../../contracts/index.js';
import type { TaskSettings } from './aws-settings.js';
import { runnerEnvironment, sidecarEnvironment, sortedVariables } from './container-environments.js';
import { runnerContainer, sidecarContainer } from './containers.js';
import { type GitCheckout, gitCheckout } from './git-checkout.js';
import { mainScript } from './main-script.js';
import { sidecarScript } from './sidecar-script.js';
import { taskDefinitionFamily } from './task-definition-family.js';
import { timeLimitTags } from './time-limit.js';

/** What is sent to ECS to run a request on the latest revision of its image's task definition. */
export function runTaskInput(
  ctx: RequestContext,
  settings: TaskSettings,
  userEmail: string,
  request: TaskRequest,
): RunTaskCommandInput {
  const git = gitCheckout(request);
  return {
    cluster: settings.cluster,
    taskDefinition: taskDefinitionFamily(request.imageId),
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...settings.subnets],
        securityGroups: [settings.securityGroup],
        assignPublicIp: 'ENABLED',
      },
    },
    overrides: { containerOverrides: containerOverrides(ctx, request, git) },
    tags: [
      { key: 'UserEmail', value: userEmail },
      ...(git === undefined ? [] : [{ key: 'HasGitRepo', value: 'true' }]),
      ...timeLimitTags(request.timeout),
    ],
  };
}

function containerOverrides(
  { requestId = '' }: RequestContext,
  { command, imageId, env }: TaskRequest,
  git: GitCheckout | undefined,
): ContainerOverride[] {
  const variables = sortedVariables(env);
  const sidecar = sidecarScript({ variableCount: variables.length, hasGit: git !== undefined });
  return [
    {
      name: sidecarContainer,
      command: ['/bin/sh', '-c', sidecar],
      environment: sidecarEnvironment(variables, git, { imageId, requestId }),
    },
    {
      name: runnerContainer,
      command: ['/bin/sh', '-c', mainScript({ requestId, imageId, command, git })],
      environment: runnerEnvironment(variables, command),
    },
  ];
}
