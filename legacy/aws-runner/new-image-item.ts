import type { ImageReference } from './image-reference.js';
import { defaultPlaceholder, type Item } from './image-item.js';

/** A row to be put; times and request IDs are decided while putting. */
export interface NewImage {
  readonly imageId: string;
  readonly image: string;
  readonly taskRoleName: string | undefined;
  readonly taskExecutionRoleName: string | undefined;
  readonly cpu: number;
  readonly memory: number;
  readonly runtimePlatform: string;
  readonly taskDefinitionFamily: string;
  readonly isDefault: boolean;
  readonly reference: ImageReference;
  readonly createdBy: string;
}

/** When a row was made and changed (Unix seconds), and by which requests. */
export interface ImageHistory {
  readonly createdAt: bigint;
  readonly updatedAt: bigint;
  readonly createdByRequestId: string;
  readonly modifiedByRequestId: string;
}

/** The attributes of a row, with the types that the original writes. */
export function newImageItem(image: NewImage, history: ImageHistory): Item {
  return {
    image_id: { S: image.imageId },
    image: { S: image.image },
    // An empty role name is stored, an absent one is not.
    ...(image.taskRoleName !== undefined && { task_role_name: { S: image.taskRoleName } }),
    ...(image.taskExecutionRoleName !== undefined && {
      task_execution_role_name: { S: image.taskExecutionRoleName },
    }),
    cpu: { S: String(image.cpu) },
    memory: { S: String(image.memory) },
    runtime_platform: { S: image.runtimePlatform },
    task_definition_family: { S: image.taskDefinitionFamily },
    ...(image.isDefault && { is_default_placeholder: { S: defaultPlaceholder } }),
    image_registry: { S: image.reference.registry },
    image_name: { S: image.reference.name },
    image_tag: { S: image.reference.tag },
    ...textUnlessEmpty('created_by', image.createdBy),
    owned_by: { L: [{ S: image.createdBy }] },
    created_at: { N: String(history.createdAt) },
    updated_at: { N: String(history.updatedAt) },
    ...textUnlessEmpty('created_by_request_id', history.createdByRequestId),
    ...textUnlessEmpty('modified_by_request_id', history.modifiedByRequestId),
  };
}

function textUnlessEmpty(attribute: string, text: string): Item {
  return text === '' ? {} : { [attribute]: { S: text } };
}
