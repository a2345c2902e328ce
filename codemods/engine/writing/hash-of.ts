import { createHash } from 'node:crypto';

/** What a content is known again by. */
export function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
