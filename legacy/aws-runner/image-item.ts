import type { AttributeValue } from '@aws-sdk/client-dynamodb';

import { AppError, type ImageInfo } from '../../src/contracts/index.js';
import { parseInteger, readInteger, readList, readOptionalText, readText } from './read-attribute.js';

/** A row of the images table by attribute. */
export type Item = Record<string, AttributeValue>;

/** A row whose attributes had readable types; numbers of cpu and memory are still text. */
export interface ImageRow {
  readonly imageId: string;
  readonly image: string;
  readonly taskRoleName: string | undefined;
  readonly taskExecutionRoleName: string | undefined;
  readonly cpu: string;
  readonly memory: string;
  readonly runtimePlatform: string;
  readonly taskDefinitionFamily: string;
  readonly isDefaultPlaceholder: string | undefined;
  readonly imageRegistry: string;
  readonly imageName: string;
  readonly imageTag: string;
  readonly createdBy: string;
  readonly ownedBy: readonly string[];
  readonly createdAt: bigint;
  readonly createdByRequestId: string;
  readonly modifiedByRequestId: string;
}

export const defaultPlaceholder = 'DEFAULT';

/** Takes a row apart; throws a plain error when an attribute has a type that cannot be read. */
export function unmarshalItem(item: Item): ImageRow {
  // Stored and never returned, but a row in which it cannot be read is broken for the original too.
  readInteger(item['updated_at']);
  return {
    imageId: readText(item['image_id']),
    image: readText(item['image']),
    taskRoleName: readOptionalText(item['task_role_name']),
    taskExecutionRoleName: readOptionalText(item['task_execution_role_name']),
    cpu: readText(item['cpu']),
    memory: readText(item['memory']),
    runtimePlatform: readText(item['runtime_platform']),
    taskDefinitionFamily: readText(item['task_definition_family']),
    isDefaultPlaceholder: readOptionalText(item['is_default_placeholder']),
    imageRegistry: readText(item['image_registry']),
    imageName: readText(item['image_name']),
    imageTag: readText(item['image_tag']),
    createdBy: readText(item['created_by']),
    ownedBy: readList(item['owned_by']),
    createdAt: readInteger(item['created_at']),
    createdByRequestId: readText(item['created_by_request_id']),
    modifiedByRequestId: readText(item['modified_by_request_id']),
  };
}

export function isDefaultRow(row: ImageRow): boolean {
  return row.isDefaultPlaceholder === defaultPlaceholder;
}

/** @throws AppError `INTERNAL_ERROR` when cpu or memory is no number, cpu first. */
export function toImageInfo(row: ImageRow): ImageInfo {
  const cpu = parseSize(row.cpu, 'failed to parse CPU value');
  const memory = parseSize(row.memory, 'failed to parse Memory value');
  return {
    imageId: row.imageId,
    image: row.image,
    ...(row.taskDefinitionFamily !== '' && { taskDefinitionName: row.taskDefinitionFamily }),
    isDefault: isDefaultRow(row),
    ...(row.taskRoleName !== undefined && { taskRoleName: row.taskRoleName }),
    ...(row.taskExecutionRoleName !== undefined && { taskExecutionRoleName: row.taskExecutionRoleName }),
    ...(cpu !== 0 && { cpu }),
    ...(memory !== 0 && { memory }),
    ...(row.runtimePlatform !== '' && { runtimePlatform: row.runtimePlatform }),
    ...(row.imageRegistry !== '' && { imageRegistry: row.imageRegistry }),
    ...(row.imageName !== '' && { imageName: row.imageName }),
    ...(row.imageTag !== '' && { imageTag: row.imageTag }),
    ...(row.createdBy !== '' && { createdBy: row.createdBy }),
    ownedBy: row.ownedBy,
    createdAt: new Date(Number(row.createdAt) * 1000),
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
