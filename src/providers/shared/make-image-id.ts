import { createHash } from 'node:crypto';
import type { ImageSettings } from './image-settings.js';
import { effectiveRegistry, type ImageReference } from './parse-image-reference.js';

/** What an image ID is made of. */
export interface ImageIdentity {
  readonly reference: ImageReference;
  readonly settings: ImageSettings;
}

/** The ID of an image: the same configuration has the same one on every provider. */
export function makeImageId({ reference, settings }: ImageIdentity): string {
  return withHashOf(identityText(reference, settings), reference);
}

/**
 * The ID of an image whose {@link makeImageId} is taken by an image of another registry.
 *
 * The plain ID leaves the registry out, since the IDs of existing deployments do.
 */
export function makeImageIdWithRegistry({ reference, settings }: ImageIdentity): string {
  const registry = effectiveRegistry(reference.registry);
  return withHashOf(`${registry}/${identityText(reference, settings)}`, reference);
}

function identityText({ name, tag }: ImageReference, settings: ImageSettings): string {
  const { cpu, memory, runtimePlatform, taskRole, executionRole } = settings;
  const roles = `${roleText(taskRole)}#${roleText(executionRole)}`;
  return `${name}:${tag}:${cpu}:${memory}:${runtimePlatform}:${roles}`;
}

function roleText(role: string | undefined): string {
  return role === undefined || role === '' ? 'default' : role;
}

function withHashOf(text: string, { name, tag }: ImageReference): string {
  return `${name}:${tag}-${createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 8)}`;
}
