/**
 * Whether a text has the shape of an image ID: `<name>:<tag>-<8 hex digits>`.
 *
 * Ordinary tags can have it too (`app:build-1a2b3c4d`), so a lookup that finds no such ID goes on by reference.
 */
export function looksLikeImageId(text: string): boolean {
  const dash = text.lastIndexOf('-');
  return /^[0-9a-fA-F]{8}$/.test(text.slice(dash + 1)) && text.slice(0, dash).includes(':');
}
