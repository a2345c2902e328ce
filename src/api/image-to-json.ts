import type { ImageInfo } from '../contracts/index.js';
import { wholeSecondTime } from './wire-time.js';

const unlessEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
const unlessZero = (number: number | undefined): number | undefined => (number === 0 ? undefined : number);

/** An image as lists, answers and traces show it. `JSON.stringify` leaves out what is undefined. */
export function imageToJson(image: ImageInfo): Readonly<Record<string, unknown>> {
  return {
    image_id: image.imageId,
    image: image.image,
    task_definition_name: unlessEmpty(image.taskDefinitionName),
    is_default: image.isDefault,
    // An empty role name is a setting of its own; only an absent one is left out.
    task_role_name: image.taskRoleName,
    task_execution_role_name: image.taskExecutionRoleName,
    cpu: unlessZero(image.cpu),
    memory: unlessZero(image.memory),
    runtime_platform: unlessEmpty(image.runtimePlatform),
    image_registry: unlessEmpty(image.imageRegistry),
    image_name: unlessEmpty(image.imageName),
    image_tag: unlessEmpty(image.imageTag),
    created_by: unlessEmpty(image.createdBy),
    owned_by: image.ownedBy,
    created_at: wholeSecondTime(image.createdAt),
    created_by_request_id: image.createdByRequestId,
    modified_by_request_id: image.modifiedByRequestId,
  };
}
