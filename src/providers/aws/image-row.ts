import type { AttributeValue } from '@aws-sdk/client-dynamodb';

import { AppError, type ImageInfo } from '../../contracts/index.js';
import { parseInteger, readInteger, readList, readOptionalText, readText } from './read-attribute.js';

/** A row of a DynamoDB table by attribute. */
export type Item = Record<string, AttributeValue>;

/** A row of the images table. Sizes are still text, since a row with an unreadable size can be unmarked. */
export interface ImageRow {
  readonly imageId: string;
  readonly image: string;
  readonly taskRole?: string | undefined;
  readonly executionRole?: string | undefined;
  readonly cpu: string;
  readonly memory: string;
  readonly runtimePlatform: string;
  readonly family: string;
  readonly isDefault: boolean;
  readonly registry: string;
  readonly name: string;
  readonly tag: string;
  readonly createdBy: string;
  readonly ownedBy: readonly string[];
  /** Unix seconds. */
  readonly createdAt: bigint;
  readonly updatedAt: bigint;
  readonly createdByRequestId: string;
  readonly modifiedByRequestId: string;
}

/** What marks the default row; the index holds only rows that have it. */
export const defaultMark = 'DEFAULT';

/** Takes an item apart; throws a plain error when an attribute has a type that cannot be read. */
export function fromItem(item: Item): ImageRow {
  return {
    imageId: readText(item['image_id']),
    image: readText(item['image']),
    taskRole: readOptionalText(item['task_role_name']),
    executionRole: readOptionalText(item['task_execution_role_name']),
    cpu: readText(item['cpu']),
    memory: readText(item['memory']),
    runtimePlatform: readText(item['runtime_platform']),
    family: readText(item['task_definition_family']),
    isDefault: readText(item['is_default_placeholder']) === defaultMark,
    registry: readText(item['image_registry']),
    name: readText(item['image_name']),
    tag: readText(item['image_tag']),
    createdBy: readText(item['created_by']),
    ownedBy: readList(item['owned_by']),
    createdAt: readInteger(item['created_at']),
    updatedAt: readInteger(item['updated_at']),
    createdByRequestId: readText(item['created_by_request_id']),
    modifiedByRequestId: readText(item['modified_by_request_id']),
  };
}

/** The item of a row, with the types that rows of existing deployments have: sizes are text. */
export function toItem(row: ImageRow): Item {
  return {
    image_id: { S: row.imageId },
    image: { S: row.image },
    // An empty role name is stored, an absent one is not.
    ...(row.taskRole !== undefined && { task_role_name: { S: row.taskRole } }),
    ...(row.executionRole !== undefined && { task_execution_role_name: { S: row.executionRole } }),
    cpu: { S: row.cpu },
    memory: { S: row.memory },
    runtime_platform: { S: row.runtimePlatform },
    task_definition_family: { S: row.family },
    ...(row.isDefault && { is_default_placeholder: { S: defaultMark } }),
    image_registry: { S: row.registry },
    image_name: { S: row.name },
    image_tag: { S: row.tag },
    ...(row.createdBy !== '' && { created_by: { S: row.createdBy } }),
    owned_by: { L: row.ownedBy.map((owner) => ({ S: owner })) },
    created_at: { N: String(row.createdAt) },
    updated_at: { N: String(row.updatedAt) },
    ...(row.createdByRequestId !== '' && { created_by_request_id: { S: row.createdByRequestId } }),
    ...(row.modifiedByRequestId !== '' && { modified_by_request_id: { S: row.modifiedByRequestId } }),
  };
}

/**
 * What a caller sees of a row. Texts that are empty and sizes that are zero are absent, but for roles.
 *
 * @throws AppError `INTERNAL_ERROR` when cpu or memory is no number, cpu first.
 */
export function toImageInfo(row: ImageRow): ImageInfo {
  const cpu = parseSize(row.cpu, 'failed to parse CPU value');
  const memory = parseSize(row.memory, 'failed to parse Memory value');
  return {
    imageId: row.imageId,
    image: row.image,
    ...(row.family !== '' && { taskDefinitionName: row.family }),
    isDefault: row.isDefault,
    ...(row.taskRole !== undefined && { taskRoleName: row.taskRole }),
    ...(row.executionRole !== undefined && { taskExecutionRoleName: row.executionRole }),
    ...(cpu !== 0 && { cpu }),
    ...(memory !== 0 && { memory }),
    ...(row.runtimePlatform !== '' && { runtimePlatform: row.runtimePlatform }),
    ...(row.registry !== '' && { imageRegistry: row.registry }),
    ...(row.name !== '' && { imageName: row.name }),
    ...(row.tag !== '' && { imageTag: row.tag }),
    ...(row.createdBy !== '' && { createdBy: row.createdBy }),
    ownedBy: row.ownedBy,
    createdAt: new Date(Number(row.createdAt) * 1_000),
    createdByRequestId: row.createdByRequestId,
    modifiedByRequestId: row.modifiedByRequestId,
  };
}

function parseSize(text: string, message: string): number {
  try {
    return Number(parseInteger(text));
  } catch (cause) {
    throw new AppError('INTERNAL_ERROR', message, { cause });
  }
}
