import { createHash } from 'node:crypto';

/** A reference taken apart as the image rules have it. */
export interface ParsedReference {
  /** Empty when the reference names none. */
  readonly registry: string;
  readonly name: string;
  readonly tag: string;
}

/** Text behind the first `@`, else behind the last `:` that follows the first `/`, is the tag. */
export function parseReference(reference: string): ParsedReference {
  const at = reference.indexOf('@');
  const slash = reference.indexOf('/');
  const colon = reference.lastIndexOf(':');
  const hasTag = colon > slash;
  const rest = at >= 0 ? reference.slice(0, at) : hasTag ? reference.slice(0, colon) : reference;
  const tag = at >= 0 ? reference.slice(at + 1) : hasTag ? reference.slice(colon + 1) : 'latest';
  const first = rest.split('/', 1)[0] ?? '';
  const hasRegistry = rest.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return hasRegistry
    ? { registry: first, name: rest.slice(first.length + 1), tag }
    : { registry: '', name: rest, tag };
}

/** What an image's ID is made of. */
export interface IdInput extends ParsedReference {
  readonly cpu: number;
  readonly memory: number;
  readonly runtimePlatform: string;
  readonly taskRole: string | undefined;
  readonly executionRole: string | undefined;
}

/** The ID of an image; the registry takes part only where the plain ID is taken by another registry's image. */
export function imageIdOf(input: IdInput, withRegistry: boolean): string {
  const { registry, name, tag, cpu, memory, runtimePlatform, taskRole, executionRole } = input;
  const roles = `${taskRole || 'default'}#${executionRole || 'default'}`;
  const plain = [name, tag, cpu, memory, runtimePlatform, roles].join(':');
  const hash = createHash('sha256').update(withRegistry ? `${registryOf(registry)}/${plain}` : plain);
  return `${name}:${tag}-${hash.digest('hex').slice(0, 8)}`;
}

/** The registry that no registry means. */
export function registryOf(registry: string): string {
  return registry === '' ? 'docker.io' : registry;
}

/** Whether a text has the shape of an image ID; references may have it too. */
export function looksLikeImageId(text: string): boolean {
  return /^[^]*:[^]*-[0-9a-f]{8}$/i.test(text);
}
