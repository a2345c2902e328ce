import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';

import type { AwsRunnerConfig } from './config.js';
import type { RoleArns } from './role-arns.js';

/** An image about to get a task definition. */
export interface TaskDefinitionOptions extends RoleArns {
  readonly family: string;
  readonly image: string;
  readonly isDefault: boolean;
  readonly cpu: number;
  readonly memory: number;
  readonly runtimePlatform: string;
}

export const sidecarContainer = 'sidecar';
export const runnerContainer = 'runner';
export const workspacePath = '/workspace';
const workspaceVolume = 'workspace';
const sidecarImage = 'public.ecr.aws/docker/library/alpine:latest';
const templateCommand = 'echo "This task definition is a template. Command will be overridden at runtime."';

/** What is sent to ECS to register the task definition of an image. */
export function taskDefinitionInput(
  config: AwsRunnerConfig,
  options: TaskDefinitionOptions,
  cpuArchitecture: 'ARM64' | 'X86_64',
): RegisterTaskDefinitionCommandInput {
  return {
    family: options.family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: String(options.cpu),
    memory: String(options.memory),
    executionRoleArn: options.executionRoleArn,
    ...(options.taskRoleArn !== '' && { taskRoleArn: options.taskRoleArn }),
    ephemeralStorage: { sizeInGiB: 21 },
    volumes: [{ name: workspaceVolume }],
    runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture },
    containerDefinitions: [
      { ...containerBase(config), name: sidecarContainer, image: sidecarImage, essential: false },
      {
        ...containerBase(config),
        name: runnerContainer,
        image: options.image,
        essential: true,
        dependsOn: [{ containerName: sidecarContainer, condition: 'SUCCESS' }],
        workingDirectory: workspacePath,
      },
    ],
  };
}

function containerBase(config: AwsRunnerConfig): ContainerDefinition {
  return {
    command: ['/bin/sh', '-c', templateCommand],
    mountPoints: [{ containerPath: workspacePath, sourceVolume: workspaceVolume }],
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': config.logGroup,
        'awslogs-region': config.region,
        'awslogs-stream-prefix': 'task',
      },
    },
  };
}
