/** The parts of an image reference, in the text's own case. */
export interface ImageReference {
  /** Host of the registry, with its port; `''` where the reference names none. */
  readonly registry: string;
  readonly name: string;
  /** Tag, or digest such as `sha256:…`; `latest` where the reference names neither, `''` for `alpine:`. */
  readonly tag: string;
}

/**
 * Splits an image reference. Never fails: what is no reference becomes a name.
 *
 * Everything after the first `@` is the tag, even if a `:tag` comes before it. Otherwise the last `:` starts the tag,
 * unless it stands in the first of several path elements, where it starts a port.
 */
export function parseImageReference(reference: string): ImageReference {
  const { remainder, tag } = splitTag(reference);
  const slash = remainder.indexOf('/');
  const first = remainder.slice(0, Math.max(slash, 0));
  if (!isRegistry(first)) return { registry: '', name: remainder, tag };
  return { registry: first, name: remainder.slice(slash + 1), tag };
}

/** Whether two registries are the same one: none means Docker Hub. */
export function isSameRegistry(one: string, other: string): boolean {
  return effectiveRegistry(one) === effectiveRegistry(other);
}

/** The registry that a reference is pulled from. */
export function effectiveRegistry(registry: string): string {
  return registry === '' ? 'docker.io' : registry;
}

function splitTag(reference: string): { remainder: string; tag: string } {
  const at = reference.indexOf('@');
  if (at >= 0) return { remainder: reference.slice(0, at), tag: reference.slice(at + 1) };
  const colon = reference.lastIndexOf(':');
  if (colon > reference.indexOf('/')) {
    return { remainder: reference.slice(0, colon), tag: reference.slice(colon + 1) };
  }
  return { remainder: reference, tag: 'latest' };
}

function isRegistry(element: string): boolean {
  return element.includes('.') || element.includes(':') || element === 'localhost';
}
