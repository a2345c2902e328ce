import type { RegisterTaskDefinitionCommandInput, RunTaskCommandInput, Tag } from '@aws-sdk/client-ecs';

/** One revision of a task definition. */
export interface TaskDefinitionState {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly input: RegisterTaskDefinitionCommandInput;
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS';
}

/** Where a task stands in its life. */
export const taskStatuses = [
  'PROVISIONING',
  'PENDING',
  'ACTIVATING',
  'RUNNING',
  'DEACTIVATING',
  'STOPPING',
  'DEPROVISIONING',
  'STOPPED',
] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** A task from its start until ECS forgets it. */
export interface TaskState {
  readonly arn: string;
  readonly id: string;
  readonly input: RunTaskCommandInput;
  readonly definition: TaskDefinitionState;
  readonly createdAt: Date;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  startedAt?: Date;
  stoppingAt?: Date;
  stoppedAt?: Date;
  stopCode?: 'UserInitiated' | 'EssentialContainerExited' | 'TaskFailedToStart' | 'SpotInterruption';
  stoppedReason?: string;
  /** Container → exit code. */
  exitCodes: Record<string, number>;
}

/** What ECS remembers: plain data. */
export interface EcsState {
  readonly clusters: Set<string>;
  /** By ARN, in order of registration. */
  readonly definitions: Map<string, TaskDefinitionState>;
  /** Family → last revision; revisions are never used twice. */
  readonly revisions: Map<string, number>;
  /** By ARN, in order of start. */
  readonly tasks: Map<string, TaskState>;
  /** Client token → ARNs that it started. */
  readonly clientTokens: Map<string, readonly string[]>;
  /** ARN → tags. */
  readonly tags: Map<string, Tag[]>;
}

export function emptyEcs(clusters: readonly string[]): EcsState {
  return {
    clusters: new Set(clusters),
    definitions: new Map(),
    revisions: new Map(),
    tasks: new Map(),
    clientTokens: new Map(),
    tags: new Map(),
  };
}
