/** An image reference taken apart. The registry is empty where the reference names none. */
export interface ImageReference {
  readonly registry: string;
  readonly name: string;
  readonly tag: string;
}

/** The parser behind image IDs, stored parts and families. An explicit empty tag stays empty. */
export function parseImageReference(image: string): ImageReference {
  const { remainder, tag } = splitTag(image);
  return { ...splitRegistry(remainder), tag: tag ?? 'latest' };
}

/** The parser behind the existence check, the default switch and lookups by name. An empty tag is `latest`. */
export function parseStoredReference(image: string): ImageReference {
  const { remainder, tag } = splitTag(image);
  return { ...splitRegistry(remainder), tag: tag === undefined || tag === '' ? 'latest' : tag };
}

function splitTag(image: string): { readonly remainder: string; readonly tag: string | undefined } {
  const at = image.indexOf('@');
  if (at >= 0) return { remainder: image.slice(0, at), tag: image.slice(at + 1) };
  const colon = image.lastIndexOf(':');
  // Without a slash indexOf is -1, so that any colon starts the tag.
  if (colon >= 0 && colon > image.indexOf('/'))
    return { remainder: image.slice(0, colon), tag: image.slice(colon + 1) };
  return { remainder: image, tag: undefined };
}

function splitRegistry(remainder: string): { readonly registry: string; readonly name: string } {
  const slash = remainder.indexOf('/');
  if (slash < 0) return { registry: '', name: remainder };
  const first = remainder.slice(0, slash);
  const isRegistry = first.includes('.') || first.includes(':') || first === 'localhost';
  return isRegistry
    ? { registry: first, name: remainder.slice(slash + 1) }
    : { registry: '', name: remainder };
}
