import type { ContainerDefinition, RegisterTaskDefinitionCommandInput, Tag } from '@aws-sdk/client-ecs';

import type { TaskDefinitionSettings } from './aws-settings.js';
import { runnerContainer, sidecarContainer, workspacePath } from './containers.js';

/** What a task definition needs to know of its image. */
export interface TaskDefinitionOptions {
  readonly family: string;
  readonly image: string;
  readonly isDefault: boolean;
  readonly cpu: number;
  readonly memory: number;
  readonly cpuArchitecture: 'ARM64' | 'X86_64';
  readonly taskRole?: string | undefined;
  readonly executionRole?: string | undefined;
}

const workspaceVolume = 'workspace';
const sidecarImage = 'public.ecr.aws/docker/library/alpine:latest';
const templateCommand = 'echo "This task definition is a template. Command will be overridden at runtime."';

/** The task definition of an image: a sidecar that prepares the workspace, and the image itself behind it. */
export function taskDefinitionInput(
  settings: TaskDefinitionSettings,
  options: TaskDefinitionOptions,
): RegisterTaskDefinitionCommandInput {
  const taskRoleArn = roleArn(settings, options.taskRole, settings.defaultTaskRoleArn);
  return {
    family: options.family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: String(options.cpu),
    memory: String(options.memory),
    executionRoleArn: roleArn(settings, options.executionRole, settings.defaultExecutionRoleArn),
    ...(taskRoleArn !== '' && { taskRoleArn }),
    ephemeralStorage: { sizeInGiB: 21 },
    volumes: [{ name: workspaceVolume }],
    runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: options.cpuArchitecture },
    containerDefinitions: [
      { ...containerBase(settings), name: sidecarContainer, image: sidecarImage, essential: false },
      {
        ...containerBase(settings),
        name: runnerContainer,
        image: options.image,
        essential: true,
        dependsOn: [{ containerName: sidecarContainer, condition: 'SUCCESS' }],
        workingDirectory: workspacePath,
      },
    ],
  };
}

/** What a task definition is tagged with; the mark is that of its registration and follows no later switch. */
export function taskDefinitionTags({
  image,
  isDefault,
}: Pick<TaskDefinitionOptions, 'image' | 'isDefault'>): Tag[] {
  return [
    { key: 'DockerImage', value: image },
    { key: 'Application', value: 'runvoy' },
    { key: 'ManagedBy', value: 'runvoy-orchestrator' },
    ...(isDefault ? [{ key: 'IsDefault', value: 'true' }] : []),
  ];
}

function roleArn({ accountId }: TaskDefinitionSettings, name: string | undefined, byDefault: string): string {
  return name === undefined || name === '' ? byDefault : `arn:aws:iam::${accountId}:role/${name}`;
}

function containerBase({ logGroup, region }: TaskDefinitionSettings): ContainerDefinition {
  return {
    command: ['/bin/sh', '-c', templateCommand],
    mountPoints: [{ containerPath: workspacePath, sourceVolume: workspaceVolume }],
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logGroup,
        'awslogs-region': region,
        'awslogs-stream-prefix': 'task',
      },
    },
  };
}
