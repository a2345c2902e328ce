import type { ContainerOverride, RunTaskCommandInput } from '@aws-sdk/client-ecs';

import type { ExecutionRequest } from '../../src/contracts/index.js';
import type { AwsRunnerConfig } from './config.js';
import { runnerEnvironment, sidecarEnvironment, sortedVariables } from './container-environments.js';
import { gitSettings } from './git-settings.js';
import { mainScript } from './main-script.js';
import { sidecarScript } from './sidecar-script.js';
import { runnerContainer, sidecarContainer } from './task-definition.js';

/** What is sent to ECS to run a request on the latest revision of a family. */
export function runTaskInput(
  config: AwsRunnerConfig,
  requestId: string,
  userEmail: string,
  family: string,
  request: ExecutionRequest,
): RunTaskCommandInput {
  const hasGit = gitSettings(request) !== undefined;
  return {
    cluster: config.ecsCluster,
    taskDefinition: family,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [config.subnet1, config.subnet2],
        securityGroups: [config.securityGroup],
        assignPublicIp: 'ENABLED',
      },
    },
    overrides: { containerOverrides: containerOverrides(requestId, request) },
    tags: [{ key: 'UserEmail', value: userEmail }, ...(hasGit ? [{ key: 'HasGitRepo', value: 'true' }] : [])],
  };
}

function containerOverrides(requestId: string, request: ExecutionRequest): ContainerOverride[] {
  const { command, image = '', env, secretVarNames = [] } = request;
  const git = gitSettings(request);
  const variables = sortedVariables(env);
  const sidecar = sidecarScript({
    envNames: variables.map(([name]) => name),
    hasSecrets: secretVarNames.length > 0,
    hasGit: git !== undefined,
  });
  return [
    {
      name: sidecarContainer,
      command: ['/bin/sh', '-c', sidecar],
      environment: sidecarEnvironment(variables, git),
    },
    {
      name: runnerContainer,
      command: ['/bin/sh', '-c', mainScript({ requestId, image, command, git })],
      environment: runnerEnvironment(variables, command),
    },
  ];
}
